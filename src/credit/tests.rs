//! Wordings from real magazines and picture services, and captions that only look like them.

use super::*;

/// Wording, creators, source, SPDX identifier.
type Case = (&'static str, &'static [&'static str], Option<&'static str>, Option<&'static str>);

const CREDITS: &[Case] = &[
    ("Image by dagmarbendel from Pixabay", &["dagmarbendel"], Some("Pixabay"), None),
    ("Image by A. Name on Pixabay", &["A. Name"], Some("Pixabay"), None),
    ("Photo by A. Name on Unsplash", &["A. Name"], Some("Unsplash"), None),
    ("Photo by Tom Okafor on Unsplash.", &["Tom Okafor"], Some("Unsplash"), None),
    ("Photo by dagmarbendel", &["dagmarbendel"], None, None),
    ("Photo by the author", &["the author"], None, None),
    ("Picture by Ana de la Cruz via Flickr", &["Ana de la Cruz"], Some("Flickr"), None),
    ("Illustration by Jo Low", &["Jo Low"], None, None),
    ("Video still by Jo Low from Pexels", &["Jo Low"], Some("Pexels"), None),
    ("Video still: Jo Low", &["Jo Low"], None, None),
    ("Photographed by Jo Low", &["Jo Low"], None, None),
    ("Photo by A. Name for Common Ground", &["A. Name"], Some("Common Ground"), None),
    ("Photo taken by A. Name", &["A. Name"], None, None),
    ("Photo: A. Name / Agency", &["A. Name"], Some("Agency"), None),
    ("Photo: A. Name/Agency", &["A. Name"], Some("Agency"), None),
    ("Photograph: A. Name", &["A. Name"], None, None),
    ("Photograph: A. Name/The Guardian", &["A. Name"], Some("The Guardian"), None),
    ("Photos: A, B and C", &["A", "B", "C"], None, None),
    ("Photos: Ann Lee and Bo Kim", &["Ann Lee", "Bo Kim"], None, None),
    ("Photo: John Smith, Jr.", &["John Smith, Jr."], None, None),
    ("Photo: Victoria and Albert Museum", &["Victoria and Albert Museum"], None, None),
    ("Picture: A. Name", &["A. Name"], None, None),
    ("Pictures: A. Name; B. Name", &["A. Name", "B. Name"], None, None),
    ("Credit: A. Name", &["A. Name"], None, None),
    ("Photo credit: A. Name", &["A. Name"], None, None),
    ("PHOTO: A. NAME", &["A. NAME"], None, None),
    ("Photo/Illustration: A. Name", &["A. Name"], None, None),
    ("Photo (top): A. Name", &["A. Name"], None, None),
    ("(Photo: A. Name)", &["A. Name"], None, None),
    ("*Photo: A. Name*", &["A. Name"], None, None),
    ("Map: A. Name", &["A. Name"], None, None),
    ("Photo: Reuters", &[], Some("Reuters"), None),
    ("Photo: courtesy of the Aller Museum", &["the Aller Museum"], None, None),
    ("Photo: the author", &["the author"], None, None),
    (
        "Photo: NASA/JPL-Caltech/Space Science Institute, edited by Julius Enriquez",
        &["NASA/JPL-Caltech/Space Science Institute"],
        None,
        None,
    ),
    ("Photo: [A. Name](https://a.example) / [Agency](https://b.example)", &["A. Name"], Some("Agency"), None),
    ("Courtesy of X", &["X"], None, None),
    ("Courtesy of the artist", &["the artist"], None, None),
    ("Courtesy of the Library of Congress", &["the Library of Congress"], None, None),
    ("Image courtesy of Aller Museum", &["Aller Museum"], None, None),
    ("© A. Name", &["A. Name"], None, None),
    ("© 2026 Common Ground Press. All rights reserved.", &["Common Ground Press"], None, None),
    ("(c) 2024 A. Name / Agency", &["A. Name"], Some("Agency"), None),
    ("Copyright A. Name", &["A. Name"], None, None),
    ("Copyright © 2019-2021 A. Name", &["A. Name"], None, None),
    ("Photo © A. Name", &["A. Name"], None, None),
    ("Photo: © A. Name/Agency", &["A. Name"], Some("Agency"), None),
    ("A. Name / © Agency", &["A. Name"], Some("Agency"), None),
    ("A. Name, CC BY-SA 4.0, via Wikimedia Commons", &["A. Name"], Some("Wikimedia Commons"), Some("CC-BY-SA-4.0")),
    ("A. Name (CC BY 2.0)", &["A. Name"], None, Some("CC-BY-2.0")),
    ("A. Name / CC BY 2.0", &["A. Name"], None, Some("CC-BY-2.0")),
    ("Title by A. Name, CC BY 4.0", &["A. Name"], None, Some("CC-BY-4.0")),
    ("“The weir, in winter” by A. Name, CC BY-NC 4.0", &["A. Name"], None, Some("CC-BY-NC-4.0")),
    ("“The weir” by A. Name is licensed under CC BY-ND 4.0", &["A. Name"], None, Some("CC-BY-ND-4.0")),
    ("CC0", &[], None, Some("CC0-1.0")),
    ("Public domain, via Wikimedia Commons", &[], Some("Wikimedia Commons"), None),
    ("Photo: A. Name, CC0", &["A. Name"], None, Some("CC0-1.0")),
    ("Photo by A. Name, CC BY-SA 3.0 DE", &["A. Name"], None, Some("CC-BY-SA-3.0-DE")),
    ("Photo: A. Name, [CC BY](https://creativecommons.org/licenses/by/4.0/)", &["A. Name"], None, Some("CC-BY-4.0")),
    ("NASA/JPL-Caltech/SSI", &["NASA/JPL-Caltech/SSI"], None, None),
    ("A. Name / Getty Images", &["A. Name"], Some("Getty Images"), None),
    ("A. Name via Unsplash", &["A. Name"], Some("Unsplash"), None),
    ("Foto: A. Name", &["A. Name"], None, None),
    ("Foto: A. Name/dpa", &["A. Name"], Some("dpa"), None),
    ("Bild von dagmarbendel auf Pixabay", &["dagmarbendel"], Some("Pixabay"), None),
    ("Foto von A. Name auf Unsplash", &["A. Name"], Some("Unsplash"), None),
    ("Fotos: A. Name und B. Name", &["A. Name", "B. Name"], None, None),
    ("Photo : A. Name", &["A. Name"], None, None),
    ("Photo\u{A0}: A. Name et B. Name", &["A. Name", "B. Name"], None, None),
    ("Photo de A. Name sur Unsplash", &["A. Name"], Some("Unsplash"), None),
    ("Photo par A. Name", &["A. Name"], None, None),
    ("Crédit photo : A. Name", &["A. Name"], None, None),
    ("Foto de A. Name en Pexels", &["A. Name"], Some("Pexels"), None),
    ("Imagen de dagmarbendel en Pixabay", &["dagmarbendel"], Some("Pixabay"), None),
];

const CAPTIONS: &[&str] = &[
    "",
    "The old weir by the mill on a Sunday",
    "The first pair arrived in March.",
    "Photo by the river, taken in the rain",
    "Photo by the river",
    "Picture by picture, the story grew",
    "Image by image the restorers worked on",
    "Pictures of the weir from the archive",
    "Photographs cover the walls of the mill",
    "Photo by Anna shows the weir at night",
    "Picture: how the weir looked before the flood of 1924",
    "Courtesy is a habit of small towns",
    "Courtesy of the autumn rain, the weir is full again",
    "Copyright law was the talk of the evening",
    "(c) the third mill on the river",
    "The archive is under CC BY 4.0 since May",
    "The mill is in the public domain",
    "Find us on Flickr",
    "Made on Unsplash",
    "Left to right: Anna Smith, Ben Jones and Cy Low",
    "Anna Smith and Ben Jones",
    "Anna Smith / Ben Jones",
    "Foto de la presa en invierno",
    "Bild von Berlin",
    "Photo de Paris",
    "Credit where credit is due: the weir was built by hand",
    "Cover: the weir in winter, seen from the mill",
    "Map: where the river runs",
    "A still from the film by Jo Low, shown at the mill",
    "Illustration of a moorhen by its nest",
    "By the weir on a Sunday",
    "Video by night: the lamps along the towpath",
    "Art by the canal",
    "Portrait of the miller by his daughter, 1911",
    "Price: £5.50",
    "12:30 at the weir",
    "1924 The Mill",
    "2024 A. Name",
    "Photo:",
    "Photo",
    "https://a.example/photo",
];

#[test]
fn credits_are_read() {
    for (wording, creators, source, spdx) in CREDITS {
        let credit = parse(wording).unwrap_or_else(|| panic!("no credit: {wording}"));
        assert_eq!(credit.creators, *creators, "{wording}");
        assert_eq!(credit.source.as_deref(), *source, "{wording}");
        assert_eq!(credit.licence.and_then(|l| l.spdx).as_deref(), *spdx, "{wording}");
        assert_eq!(from_field(wording).creators, *creators, "{wording}");
    }
}

#[test]
fn captions_are_no_credits() {
    for caption in CAPTIONS {
        assert_eq!(parse(caption), None, "{caption}");
    }
}

#[test]
fn the_wording_stays_as_readers_see_it() {
    let credit = parse("Photo: [A. Name](https://a.example/x) / *Agency*").unwrap();
    assert_eq!(credit.wording, "Photo: A. Name / *Agency*");
    assert_eq!(credit.links, ["https://a.example/x"]);
    assert_eq!(parse("  (Photo: A. Name)  ").unwrap().wording, "(Photo: A. Name)");
}

#[test]
fn a_field_takes_any_text() {
    assert_eq!(from_field("Tom Okafor").creators, ["Tom Okafor"]);
    assert_eq!(from_field("Tom Okafor and Ann Lee / Agency").creators, ["Tom Okafor", "Ann Lee"]);
    assert_eq!(from_field("a friend of the family").creators, ["a friend of the family"]);
    assert_eq!(from_field("Common Ground").wording, "Common Ground");
    assert!(is_vague(&from_field("")));
}

#[test]
fn credits_that_name_nobody_are_vague() {
    for vague in [
        "Photo: internet",
        "Google",
        "unknown",
        "stock",
        "courtesy",
        "Photo: Unsplash",
        "CC0",
        "Photo: stock photo",
        "Foto: Internet",
        "Photographer unknown",
        "Photo: Google Images",
        "TBC",
    ] {
        assert!(is_vague(&from_field(vague)), "{vague}");
    }
    for (wording, ..) in CREDITS.iter().filter(|c| c.0 != "CC0") {
        assert!(!is_vague(&from_field(wording)), "{wording}");
    }
}

#[test]
fn no_text_makes_it_stumble() {
    for text in [
        "Photo by",
        "©",
        "Photo: /",
        "(",
        "()",
        "[](",
        "[x](",
        "Photo: ,;,",
        "ß: ©",
        "İ by X on Y",
        "CC BY",
        "Foto:\u{A0}",
        "& and &",
    ] {
        let _ = (parse(text), from_field(text));
    }
}

#[test]
fn a_maker_is_never_guessed() {
    for wording in [
        "Rocky Shore, Jane Doe, CC BY 2.0",
        "Mill Bridge, seen from the weir on the day of the flood",
        "Mit freundlicher Genehmigung des Stadtarchivs Musterstadt",
    ] {
        let credit = from_field(wording);
        assert_eq!((credit.creators.as_slice(), credit.wording.as_str()), (&[] as &[String], wording));
        assert!(!is_vague(&credit), "{wording}");
    }
    assert_eq!(from_field("Foto Jana Beispiel").creators, ["Jana Beispiel"]);
}

#[test]
fn an_address_tells_the_source() {
    let credit = parse("Photo: [A. Name](https://www.flickr.com/photos/name), CC BY 2.0").unwrap();
    assert_eq!(credit.source.as_deref(), Some("Flickr"));
    let credit = parse("Photo: [A. Name](https://name.example)").unwrap();
    assert_eq!(credit.source, None);
}
