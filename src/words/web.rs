//! The fixed words of the web edition, by language.

use super::Words;

/// The fixed words of the pages on the web.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "the English words below say what each is")]
pub struct WebWords {
    pub all_issues: &'static str,
    pub latest: &'static str,
    pub read_pages: &'static str,
    pub read_text: &'static str,
    pub on_the_page: &'static str,
    pub download: &'static str,
    pub epub: &'static str,
    pub pdf: &'static str,
    pub search: &'static str,
    pub searching: &'static str,
    pub nothing_found: &'static str,
    pub places_found: &'static str,
    pub next_page: &'static str,
    pub previous_page: &'static str,
    pub all_pages: &'static str,
    pub zoom_in: &'static str,
    pub zoom_out: &'static str,
    pub full_screen: &'static str,
    pub close: &'static str,
    pub smaller_text: &'static str,
    pub larger_text: &'static str,
    pub colours: &'static str,
    pub(crate) minutes: &'static str,
    pub skip: &'static str,
    pub(crate) print_pages: &'static str,
    pub embed: &'static str,
    pub feeds: &'static str,
    pub text_of: &'static str,
    pub no_script: &'static str,
}

impl WebWords {
    /// Those that go with a language's other words; English where the catalogue does not have them.
    pub fn of(words: &Words) -> &'static WebWords {
        match words.language.split('-').next().unwrap_or_default() {
            "de" => &DE,
            "fr" => &FR,
            "es" => &ES,
            "ar" => &AR,
            _ => &EN,
        }
    }

    /// "4 min read".
    pub fn reading_time(&self, minutes: usize) -> String {
        self.minutes.replace("{}", &minutes.to_string())
    }

    /// "32 pages".
    pub fn extent(&self, pages: usize) -> String {
        self.print_pages.replace("{}", &pages.to_string())
    }
}

static EN: WebWords = WebWords {
    all_issues: "All issues",
    latest: "Latest issue",
    read_pages: "Read the pages",
    read_text: "Read the text",
    on_the_page: "See it on the page",
    download: "Download",
    epub: "E-book (EPUB)",
    pdf: "PDF for screens",
    search: "Search this issue",
    searching: "Searching …",
    nothing_found: "Nothing found",
    places_found: "Places found: {}",
    next_page: "Next page",
    previous_page: "Previous page",
    all_pages: "All pages",
    zoom_in: "Zoom in",
    zoom_out: "Zoom out",
    full_screen: "Full screen",
    close: "Close",
    smaller_text: "Smaller text",
    larger_text: "Larger text",
    colours: "Light or dark",
    minutes: "{} min read",
    skip: "Skip to the text",
    print_pages: "{} pages",
    embed: "For your own site",
    feeds: "Feeds",
    text_of: "Text",
    no_script: "These are all the pages in order. With JavaScript they turn like a magazine’s.",
};

static DE: WebWords = WebWords {
    all_issues: "Alle Ausgaben",
    latest: "Neueste Ausgabe",
    read_pages: "Seiten lesen",
    read_text: "Text lesen",
    on_the_page: "Auf der Seite ansehen",
    download: "Herunterladen",
    epub: "E-Book (EPUB)",
    pdf: "PDF für Bildschirme",
    search: "In dieser Ausgabe suchen",
    searching: "Suche läuft …",
    nothing_found: "Nichts gefunden",
    places_found: "Fundstellen: {}",
    next_page: "Nächste Seite",
    previous_page: "Vorige Seite",
    all_pages: "Alle Seiten",
    zoom_in: "Vergrößern",
    zoom_out: "Verkleinern",
    full_screen: "Vollbild",
    close: "Schließen",
    smaller_text: "Kleinere Schrift",
    larger_text: "Größere Schrift",
    colours: "Hell oder dunkel",
    minutes: "{} Min. Lesezeit",
    skip: "Zum Inhalt springen",
    print_pages: "{} Seiten",
    embed: "Für die eigene Website",
    feeds: "Feeds",
    text_of: "Text",
    no_script: "Das sind alle Seiten der Reihe nach. Mit JavaScript lassen sie sich wie im Heft blättern.",
};

static FR: WebWords = WebWords {
    all_issues: "Tous les numéros",
    latest: "Dernier numéro",
    read_pages: "Lire les pages",
    read_text: "Lire le texte",
    on_the_page: "Voir sur la page",
    download: "Télécharger",
    epub: "Livre numérique (EPUB)",
    pdf: "PDF pour écran",
    search: "Chercher dans ce numéro",
    searching: "Recherche …",
    nothing_found: "Aucun résultat",
    places_found: "Résultats : {}",
    next_page: "Page suivante",
    previous_page: "Page précédente",
    all_pages: "Toutes les pages",
    zoom_in: "Agrandir",
    zoom_out: "Réduire",
    full_screen: "Plein écran",
    close: "Fermer",
    smaller_text: "Texte plus petit",
    larger_text: "Texte plus grand",
    colours: "Clair ou sombre",
    minutes: "{} min de lecture",
    skip: "Aller au contenu",
    print_pages: "{} pages",
    embed: "Pour votre site",
    feeds: "Flux",
    text_of: "Texte",
    no_script: "Voici toutes les pages dans l’ordre. Avec JavaScript, elles se tournent comme celles d’un magazine.",
};

static ES: WebWords = WebWords {
    all_issues: "Todos los números",
    latest: "Último número",
    read_pages: "Leer las páginas",
    read_text: "Leer el texto",
    on_the_page: "Ver en la página",
    download: "Descargar",
    epub: "Libro electrónico (EPUB)",
    pdf: "PDF para pantalla",
    search: "Buscar en este número",
    searching: "Buscando …",
    nothing_found: "Sin resultados",
    places_found: "Resultados: {}",
    next_page: "Página siguiente",
    previous_page: "Página anterior",
    all_pages: "Todas las páginas",
    zoom_in: "Acercar",
    zoom_out: "Alejar",
    full_screen: "Pantalla completa",
    close: "Cerrar",
    smaller_text: "Texto más pequeño",
    larger_text: "Texto más grande",
    colours: "Claro u oscuro",
    minutes: "{} min de lectura",
    skip: "Saltar al contenido",
    print_pages: "{} páginas",
    embed: "Para su propio sitio",
    feeds: "Canales",
    text_of: "Texto",
    no_script: "Estas son todas las páginas en orden. Con JavaScript se pasan como las de una revista.",
};

static AR: WebWords = WebWords {
    all_issues: "جميع الأعداد",
    latest: "أحدث عدد",
    read_pages: "قراءة الصفحات",
    read_text: "قراءة النص",
    on_the_page: "عرض في الصفحة",
    download: "تنزيل",
    epub: "كتاب إلكتروني (EPUB)",
    pdf: "ملف PDF للشاشة",
    search: "البحث في هذا العدد",
    searching: "جارٍ البحث …",
    nothing_found: "لا توجد نتائج",
    places_found: "عدد النتائج: {}",
    next_page: "الصفحة التالية",
    previous_page: "الصفحة السابقة",
    all_pages: "جميع الصفحات",
    zoom_in: "تكبير",
    zoom_out: "تصغير",
    full_screen: "ملء الشاشة",
    close: "إغلاق",
    smaller_text: "نص أصغر",
    larger_text: "نص أكبر",
    colours: "فاتح أو داكن",
    minutes: "{} دقائق قراءة",
    skip: "تخطَّ إلى المحتوى",
    print_pages: "{} صفحة",
    embed: "لموقعك",
    feeds: "خلاصات",
    text_of: "النص",
    no_script: "هذه جميع الصفحات بالترتيب. مع جافا سكريبت تُقلَّب كصفحات المجلة.",
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_are_filled_in_have_one_gap_in_every_language() {
        for words in [&EN, &DE, &FR, &ES, &AR] {
            for text in [words.minutes, words.print_pages, words.places_found] {
                assert_eq!(text.matches("{}").count(), 1, "{text}");
            }
        }
    }
}
