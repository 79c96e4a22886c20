//! The accessibility summary in the publication's language, one sentence for each thing that was found.
//!
//! Every sentence follows from a flag of [`Access`]; none is promise or praise.

use super::access::Access;

/// The sentences of one language.
struct Sentences {
    language: &'static str,
    structure: &'static str,
    described: &'static str,
    undescribed: &'static str,
    pages: &'static str,
    still: &'static str,
    draft: &'static str,
}

const ENGLISH: Sentences = Sentences {
    language: "en",
    structure: "Headings, a table of contents and a logical reading order let you move through the issue; type, colours and layout adapt to your settings.",
    described: "Every picture and advert that says something has an alternative text.",
    undescribed: "Some pictures have no alternative text.",
    pages: "Page numbers are those of the paged edition.",
    still: "There is no sound, motion or flashing.",
    draft: "This is an unfinished draft.",
};

const ALL: &[Sentences] = &[
    ENGLISH,
    Sentences {
        language: "de",
        structure: "Überschriften, ein Inhaltsverzeichnis und eine sinnvolle Lesereihenfolge führen durch das Heft; Schrift, Farben und Anordnung passen sich Ihren Einstellungen an.",
        described: "Jedes Bild und jede Anzeige, die etwas aussagt, hat einen Alternativtext.",
        undescribed: "Einige Bilder haben keinen Alternativtext.",
        pages: "Die Seitenzahlen sind die der paginierten Ausgabe.",
        still: "Es gibt keinen Ton, keine Bewegung und kein Blinken.",
        draft: "Dies ist ein unfertiger Entwurf.",
    },
    Sentences {
        language: "fr",
        structure: "Des titres, une table des matières et un ordre de lecture logique permettent de parcourir le numéro ; caractères, couleurs et mise en page s’adaptent à vos réglages.",
        described: "Chaque image et chaque publicité porteuse de sens a un texte de remplacement.",
        undescribed: "Certaines images n’ont pas de texte de remplacement.",
        pages: "Les numéros de page sont ceux de l’édition paginée.",
        still: "Il n’y a ni son, ni mouvement, ni clignotement.",
        draft: "Ceci est un brouillon inachevé.",
    },
    Sentences {
        language: "es",
        structure: "Los títulos, el índice y un orden de lectura lógico permiten recorrer el número; la letra, los colores y la disposición se adaptan a sus ajustes.",
        described: "Cada imagen y cada anuncio con significado tiene un texto alternativo.",
        undescribed: "Algunas imágenes no tienen texto alternativo.",
        pages: "Los números de página son los de la edición paginada.",
        still: "No hay sonido, movimiento ni destellos.",
        draft: "Este es un borrador sin terminar.",
    },
    Sentences {
        language: "ar",
        structure: "تتيح العناوين وجدول المحتويات وترتيب القراءة المنطقي التنقل في العدد، ويتكيف الخط والألوان والتخطيط مع إعداداتك.",
        described: "لكل صورة وكل إعلان يحمل معنى نص بديل.",
        undescribed: "بعض الصور بلا نص بديل.",
        pages: "أرقام الصفحات هي أرقام الطبعة المرقمة.",
        still: "لا صوت ولا حركة ولا وميض.",
        draft: "هذه مسودة غير مكتملة.",
    },
];

/// The summary for what was found.
pub(super) fn summary(access: &Access, language: &str) -> String {
    let primary = language.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    let words = ALL.iter().find(|s| s.language == primary).unwrap_or(&ENGLISH);
    let mut list = vec![words.structure];
    if access.pictures {
        list.push(if access.described { words.described } else { words.undescribed });
    }
    if access.pages {
        list.push(words.pages);
    }
    list.push(words.still);
    if access.draft {
        list.push(words.draft);
    }
    list.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_sentence_follows_from_what_was_found() {
        let access = Access { pictures: true, described: false, pages: false, contrast: true, draft: true };
        let german = summary(&access, "de-CH");
        assert!(german.contains("keinen Alternativtext") && german.contains("Entwurf"), "{german}");
        assert!(!german.contains("Seitenzahlen"), "{german}");
        assert!(summary(&access, "cy").contains("unfinished draft"));
    }
}
