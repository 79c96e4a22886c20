//! The table of sources.
//!
//! Names and addresses as their owners write them. Days are stated on the careful side: where only the month of a
//! change is on record, the freer licence ends before it.

use super::sources::Demand::{Asked, None as Nothing, Required};
use super::sources::SourceKind::{Agency, Museum, PictureService, PublicBody, StockLibrary, Website};
use super::sources::Use::{Allowed, ByPicture, EditorialOnly, Paid};
use super::sources::{Demand, Period, Source, SourceKind, Use};

type Aliases = &'static [&'static str];
type Licences = &'static [Period];

const fn row(
    name: &'static str,
    aliases: Aliases,
    kind: SourceKind,
    licences: Licences,
    credit: Demand,
    commercial: Use,
) -> Source {
    Source { name, aliases, kind, licences, credit, commercial }
}

/// An agency: pictures by contract, for reporting.
const fn agency(name: &'static str, aliases: Aliases) -> Source {
    row(name, aliases, Agency, &[], Required, EditorialOnly)
}

/// A stock library that sells licences.
const fn stock(name: &'static str, aliases: Aliases, licences: Licences) -> Source {
    row(name, aliases, StockLibrary, licences, Required, Paid)
}

/// A collection in which each picture has its own licence.
const fn mixed(name: &'static str, aliases: Aliases, kind: SourceKind) -> Source {
    row(name, aliases, kind, &[], Required, ByPicture)
}

/// A place that shows pictures and gives no rights in them.
const fn website(name: &'static str, aliases: Aliases) -> Source {
    row(name, aliases, Website, &[], Nothing, ByPicture)
}

const fn until(last: &'static str, name: &'static str, url: &'static str) -> Period {
    Period { until: Some(last), name, url }
}

const fn now(name: &'static str, url: &'static str) -> Period {
    Period { until: None, name, url }
}

const ZERO: &str = "https://creativecommons.org/publicdomain/zero/1.0/";
const BY: &str = "https://creativecommons.org/licenses/by/4.0/";

/// Every source that credits are known to name.
#[rustfmt::skip]
pub(super) const SOURCES: &[Source] = &[
    // Picture services
    row("Pixabay", &[], PictureService, &[
        until("2019-01-08", "CC0 1.0", ZERO),
        now("Pixabay Content License", "https://pixabay.com/service/license-summary/"),
    ], Asked, Allowed),
    row("Unsplash", &[], PictureService, &[
        until("2017-06-04", "CC0 1.0", ZERO),
        now("Unsplash License", "https://unsplash.com/license"),
    ], Asked, Allowed),
    // The change came in the middle of 2018; the day is not on record.
    row("Pexels", &[], PictureService, &[
        until("2018-05-31", "CC0 1.0", ZERO),
        now("Pexels License", "https://www.pexels.com/license/"),
    ], Asked, Allowed),
    row("Freepik", &[], PictureService, &[
        now("Freepik licence, free plan", "https://www.freepik.com/legal/terms-of-use"),
    ], Required, Allowed),
    row("Flaticon", &[], PictureService, &[
        now("Flaticon licence, free plan", "https://www.flaticon.com/legal"),
    ], Required, Allowed),
    row("StockSnap", &[], PictureService, &[now("CC0 1.0", ZERO)], Nothing, Allowed),
    row("Burst", &["burst.shopify", "shopify"], PictureService, &[], Asked, ByPicture),
    row("Geograph", &["geograph britain and ireland", "geograph project"], PictureService, &[
        now("CC BY-SA 2.0", "https://creativecommons.org/licenses/by-sa/2.0/"),
    ], Required, Allowed),
    mixed("Wikimedia Commons", &["wikimedia", "commons", "commons.wikimedia"], PictureService),
    mixed("Wikipedia", &[
        "english wikipedia", "german wikipedia", "french wikipedia", "dutch wikipedia", "italian wikipedia",
        "en.wikipedia", "de.wikipedia", "fr.wikipedia", "nl.wikipedia", "it.wikipedia", "es.wikipedia",
        "deutsche wikipedia", "wikipédia", "wikipedia commons",
    ], PictureService),
    mixed("Flickr", &["flickr creative commons"], PictureService),
    mixed("iNaturalist", &[], PictureService),
    mixed("Rawpixel", &[], PictureService),
    mixed("Openverse", &[], PictureService),
    mixed("DeviantArt", &[], PictureService),
    mixed("500px", &[], PictureService),
    mixed("PxHere", &[], PictureService),
    mixed("PublicDomainPictures", &["public domain pictures"], PictureService),
    mixed("Pixelio", &[], PictureService),
    mixed("Internet Archive", &["archive.org"], PictureService),
    mixed("Canva", &[], PictureService),
    // Stock libraries
    stock("iStock", &["istockphoto", "istock by getty images"], &[
        now("iStock licence agreement", "https://www.istockphoto.com/legal/license-agreement"),
    ]),
    stock("Shutterstock", &[], &[now("Shutterstock licence", "https://www.shutterstock.com/license")]),
    stock("Adobe Stock", &["adobestock", "stock.adobe"], &[
        now("Adobe Stock licence", "https://stock.adobe.com/license-terms"),
    ]),
    stock("Depositphotos", &["deposit photos"], &[]),
    stock("Dreamstime", &[], &[]),
    stock("123RF", &[], &[]),
    stock("Fotolia", &[], &[]),
    stock("Wirestock", &[], &[]),
    // Agencies
    row("Getty Images", &["getty", "gettyimages", "getty images news", "getty images sport"], Agency, &[
        now("Getty Images content licence", "https://www.gettyimages.com/eula"),
    ], Required, Paid),
    row("Alamy", &["alamy stock photo", "alamy live news", "alamy stock photos"], Agency, &[
        now("Alamy licence", "https://www.alamy.com/terms/"),
    ], Required, Paid),
    agency("Reuters", &["reuters connect"]),
    agency("AP", &["ap photo", "ap images", "associated press", "ap photos"]),
    agency("AFP", &["agence france-presse", "afp photo"]),
    agency("PA Media", &["pa", "pa images", "pa wire", "pa archive", "press association", "press association images"]),
    agency("dpa", &["dpa-zentralbild", "dpa-bildfunk", "dpa-infografik"]),
    agency("picture alliance", &["picture-alliance", "picturealliance"]),
    agency("EPA", &["epa-efe", "efe-epa", "epa images"]),
    agency("EFE", &["agencia efe"]),
    agency("ANSA", &[]),
    agency("ANP", &["anp foto"]),
    agency("Belga", &["belga image"]),
    agency("PAP", &["polska agencja prasowa"]),
    agency("TT", &["tt nyhetsbyrån", "scanpix"]),
    agency("Ritzau", &["ritzau scanpix"]),
    agency("NTB", &["ntb scanpix"]),
    agency("APA", &["apa-picturedesk"]),
    agency("Keystone", &["keystone-sda"]),
    agency("Lusa", &["agência lusa"]),
    agency("Agência Brasil", &["agencia brasil"]),
    agency("Europa Press", &[]),
    agency("LaPresse", &[]),
    agency("Imago", &["imago images"]),
    agency("Magnum Photos", &["magnum"]),
    agency("laif", &[]),
    agency("Ostkreuz", &[]),
    agency("ddp", &["ddp images"]),
    agency("ullstein bild", &[]),
    agency("akg-images", &["akg"]),
    agency("Bridgeman Images", &["bridgeman"]),
    agency("Mary Evans Picture Library", &["mary evans"]),
    agency("Science Photo Library", &["spl"]),
    agency("Nature Picture Library", &[]),
    agency("Hollandse Hoogte", &[]),
    agency("Rex", &["rex features"]),
    agency("SIPA", &["sipa press", "sipa usa"]),
    agency("Xinhua", &[]),
    agency("Bloomberg", &[]),
    agency("ZUMA Press", &["zuma"]),
    agency("NurPhoto", &[]),
    agency("Anadolu", &["anadolu agency"]),
    agency("plainpicture", &[]),
    agency("mauritius images", &[]),
    agency("RMN-Grand Palais", &["rmn"]),
    // Public bodies and science
    row("NASA", &["nasa images"], PublicBody, &[
        now("US government work", "https://www.nasa.gov/nasa-brand-center/images-and-media/"),
    ], Asked, Allowed),
    row("NOAA", &["noaa photo library"], PublicBody, &[
        now("US government work", "https://www.usa.gov/government-copyright"),
    ], Asked, Allowed),
    row("USGS", &["u.s. geological survey", "us geological survey"], PublicBody, &[
        now("US government work", "https://www.usgs.gov/information-policies-and-instructions/copyrights-and-credits"),
    ], Asked, Allowed),
    row("National Park Service", &["nps", "nps photo", "nps.gov", "u.s. national park service"], PublicBody, &[
        now("US government work", "https://www.nps.gov/aboutus/disclaimer.htm"),
    ], Asked, Allowed),
    row("ESO", &["european southern observatory"], PublicBody, &[now("CC BY 4.0", BY)], Required, Allowed),
    row("ESA/Hubble", &["esahubble"], PublicBody, &[now("CC BY 4.0", BY)], Required, Allowed),
    row("ESA/Webb", &["esawebb"], PublicBody, &[now("CC BY 4.0", BY)], Required, Allowed),
    mixed("ESA", &["european space agency"], PublicBody),
    mixed("JAXA", &[], PublicBody),
    mixed("CSA", &["canadian space agency"], PublicBody),
    mixed("STScI", &[], PublicBody),
    mixed("JPL", &["jpl-caltech"], PublicBody),
    mixed("CERN", &[], PublicBody),
    mixed("USFWS", &["u.s. fish and wildlife service"], PublicBody),
    // Museums, libraries, archives
    row("The Metropolitan Museum of Art", &[
        "metropolitan museum of art", "met museum", "metmuseum", "metropolitan museum",
    ], Museum, &[now("CC0 1.0 (open access)", ZERO)], Asked, Allowed),
    row("Rijksmuseum", &[], Museum, &[now("CC0 1.0 (works out of copyright)", ZERO)], Asked, Allowed),
    row("Smithsonian Institution", &["smithsonian", "smithsonian open access"], Museum, &[
        now("CC0 1.0 (open access)", ZERO),
    ], Asked, ByPicture),
    row("National Gallery of Art", &[], Museum, &[now("CC0 1.0 (open access)", ZERO)], Asked, Allowed),
    row("Cleveland Museum of Art", &[], Museum, &[now("CC0 1.0 (open access)", ZERO)], Asked, Allowed),
    row("Library of Congress", &["loc.gov"], Museum, &[], Asked, ByPicture),
    row("National Archives", &["nara", "u.s. national archives"], Museum, &[], Asked, ByPicture),
    mixed("Europeana", &[], Museum),
    mixed("British Library", &[], Museum),
    mixed("British Museum", &[], Museum),
    mixed("Wellcome Collection", &["wellcome images", "wellcomecollection"], Museum),
    mixed("Bundesarchiv", &["deutsches bundesarchiv"], Museum),
    mixed("Nationaal Archief", &[], Museum),
    mixed("Bibliothèque nationale de France", &["bnf", "gallica", "gallica.bnf"], Museum),
    // Where pictures are shown
    website("Google", &["google images"]),
    website("Instagram", &[]),
    website("Facebook", &[]),
    website("Pinterest", &[]),
    website("Twitter", &[]),
];
