//! A good PDF of four pages, made in code, and the means to spoil it.
//!
//! Everything that a shipped profile asks for is there: boxes, bleed, output intent, metadata, an embedded font, CMYK.

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, StringFormat, dictionary};
use masthead::press::Shop;

/// Boxes in points: A4 with 10 pt (3.5 mm) of bleed.
pub(crate) const MEDIA: [f32; 4] = [0.0, 0.0, 615.28, 861.89];
pub(crate) const TRIM: [f32; 4] = [10.0, 10.0, 605.28, 851.89];

const CONTENT: &str = "q 0.4 0.2 0 0 k 0 761 615.28 100.89 re f Q\n\
    BT /F1 10 Tf 0 0 0 1 k 1 0 0 1 60 400 Tm (Hello) Tj ET\n\
    q 100 0 0 100 60 600 cm /Im1 Do Q\n";

pub(crate) struct Base {
    pub(crate) document: Document,
    pub(crate) pages: Vec<ObjectId>,
    pub(crate) catalog: ObjectId,
    pub(crate) info: ObjectId,
    pub(crate) intent: ObjectId,
}

pub(crate) fn boxed(values: [f32; 4]) -> Object {
    Object::Array(values.iter().map(|&v| Object::Real(v)).collect())
}

pub(crate) fn name(text: &str) -> Object {
    Object::Name(text.as_bytes().to_vec())
}

pub(crate) fn text(text: &str) -> Object {
    Object::String(text.as_bytes().to_vec(), StringFormat::Literal)
}

/// The head of an ICC profile, which is all that preflight reads.
pub(crate) fn icc(class: &str, space: &str) -> Stream {
    let mut bytes = vec![0; 132];
    bytes[12..16].copy_from_slice(class.as_bytes());
    bytes[16..20].copy_from_slice(space.as_bytes());
    bytes[36..40].copy_from_slice(b"acsp");
    let parts = match space {
        "GRAY" => 1,
        "RGB " => 3,
        _ => 4,
    };
    Stream::new(dictionary! { "N" => parts }, bytes)
}

/// A picture of so many pixels, all nought.
pub(crate) fn picture(width: i64, height: i64, space: Object, parts: usize) -> Stream {
    let dict = dictionary! {
        "Type" => "XObject", "Subtype" => "Image", "Width" => width, "Height" => height,
        "ColorSpace" => space, "BitsPerComponent" => 8,
    };
    let mut stream = Stream::new(dict, vec![0; width as usize * height as usize * parts]);
    stream.compress().unwrap();
    stream
}

pub(crate) fn xmp(version: &str) -> String {
    format!(
        "<?xpacket begin=\"\u{FEFF}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?><x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\
         <rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"><rdf:Description rdf:about=\"\" \
         xmlns:pdfxid=\"http://www.npes.org/pdfx/ns/id/\" xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" \
         xmlns:xmpMM=\"http://ns.adobe.com/xap/1.0/mm/\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" pdfxid:GTS_PDFXVersion=\"{version}\" \
         xmp:CreateDate=\"2026-11-01T09:30:00Z\" xmp:ModifyDate=\"2026-11-01T09:30:00Z\" \
         xmp:MetadataDate=\"2026-11-01T09:30:00Z\" xmpMM:DocumentID=\"uuid:1\" xmpMM:VersionID=\"1\" \
         xmpMM:RenditionClass=\"default\" pdf:Trapped=\"False\"><dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">Gazette</rdf:li>\
         </rdf:Alt></dc:title></rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end=\"w\"?>"
    )
}

impl Base {
    /// A good file for a shop.
    pub(crate) fn new(shop: &Shop) -> Base {
        let old = shop.standard.name() != "PDF/X-4";
        let mut document = Document::with_version(if old { "1.4" } else { "1.6" });
        if old {
            // Cross-reference streams came with PDF 1.5.
            document.reference_table.cross_reference_type = lopdf::xref::XrefType::CrossReferenceTable;
        }
        let file = document.add_object(Stream::new(Dictionary::new(), vec![0; 64]));
        let descriptor = document.add_object(dictionary! {
            "Type" => "FontDescriptor", "FontName" => "ABCDEF+Serif", "FontFile2" => file, "Flags" => 32,
        });
        let widths: Vec<Object> = (32..127).map(|_| 500.into()).collect();
        let font = document.add_object(dictionary! {
            "Type" => "Font", "Subtype" => "TrueType", "BaseFont" => "ABCDEF+Serif", "FirstChar" => 32,
            "LastChar" => 126, "Widths" => widths, "FontDescriptor" => descriptor, "Encoding" => "WinAnsiEncoding",
        });
        let image = document.add_object(picture(420, 420, name("DeviceCMYK"), 4));
        let parent = document.new_object_id();
        let pages: Vec<ObjectId> = (0..4).map(|_| page(&mut document, parent, font, image)).collect();
        let kids: Vec<Object> = pages.iter().map(|&id| id.into()).collect();
        document.set_object(parent, dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => 4 });
        let profile = document.add_object(icc("prtr", "CMYK"));
        let intent = document.add_object(dictionary! {
            "Type" => "OutputIntent", "S" => "GTS_PDFX", "DestOutputProfile" => profile,
            "OutputConditionIdentifier" => text(&shop.condition.identifier),
            "RegistryName" => text("http://www.color.org"), "Info" => text("a press"),
        });
        let version = if old { "PDF/X-1a:2003" } else { "PDF/X-4" };
        let metadata = dictionary! { "Type" => "Metadata", "Subtype" => "XML" };
        let metadata = document.add_object(Stream::new(metadata, xmp(version).into_bytes()));
        let catalog = document.add_object(dictionary! {
            "Type" => "Catalog", "Pages" => parent, "OutputIntents" => vec![intent.into()], "Metadata" => metadata,
        });
        let mut info = dictionary! {
            "Title" => text("Gazette"), "CreationDate" => text("D:20261101093000Z"),
            "ModDate" => text("D:20261101093000Z"), "Trapped" => "False",
        };
        if old {
            info.set("GTS_PDFXVersion", text(version));
        }
        let info = document.add_object(info);
        document.trailer.set("Root", catalog);
        document.trailer.set("Info", info);
        document.trailer.set("ID", vec![text("0123456789abcdef"), text("0123456789abcdef")]);
        Base { document, pages, catalog, info, intent }
    }

    pub(crate) fn bytes(mut self) -> Vec<u8> {
        let mut out = Vec::new();
        self.document.save_to(&mut out).unwrap();
        out
    }

    pub(crate) fn dict(&mut self, id: ObjectId) -> &mut Dictionary {
        self.document.get_dictionary_mut(id).unwrap()
    }

    /// A page's dictionary; pages count from 1.
    pub(crate) fn page(&mut self, page: usize) -> &mut Dictionary {
        let id = self.pages[page - 1];
        self.dict(id)
    }

    pub(crate) fn catalog(&mut self) -> &mut Dictionary {
        let id = self.catalog;
        self.dict(id)
    }

    pub(crate) fn info(&mut self) -> &mut Dictionary {
        let id = self.info;
        self.dict(id)
    }

    /// Adds to a page's content.
    pub(crate) fn add(&mut self, page: usize, more: &str) {
        let id = self.page(page).get(b"Contents").unwrap().as_reference().unwrap();
        let stream = self.document.get_object_mut(id).unwrap().as_stream_mut().unwrap();
        let mut content = stream.content.clone();
        content.extend(more.as_bytes());
        stream.set_plain_content(content);
    }

    /// Puts something among a page's resources and gives back its number.
    pub(crate) fn resource(&mut self, page: usize, kind: &str, key: &str, object: impl Into<Object>) -> ObjectId {
        let id = self.document.add_object(object);
        let resources = self.page(page).get_mut(b"Resources").unwrap().as_dict_mut().unwrap();
        if !resources.has(kind.as_bytes()) {
            resources.set(kind, Dictionary::new());
        }
        resources.get_mut(kind.as_bytes()).unwrap().as_dict_mut().unwrap().set(key, id);
        id
    }

    /// A form of a page's whole extent among its resources.
    pub(crate) fn form(&mut self, page: usize, key: &str, more: Dictionary, content: &str) -> ObjectId {
        let mut dict = dictionary! { "Type" => "XObject", "Subtype" => "Form", "BBox" => boxed(MEDIA) };
        dict.extend(&more);
        self.resource(page, "XObject", key, Stream::new(dict, content.as_bytes().to_vec()))
    }

    /// A graphics state among a page's resources.
    pub(crate) fn state(&mut self, page: usize, key: &str, dict: Dictionary) {
        self.resource(page, "ExtGState", key, dict);
    }
}

fn page(document: &mut Document, parent: ObjectId, font: ObjectId, image: ObjectId) -> ObjectId {
    let content = document.add_object(Stream::new(Dictionary::new(), CONTENT.as_bytes().to_vec()));
    document.add_object(dictionary! {
        "Type" => "Page", "Parent" => parent, "MediaBox" => boxed(MEDIA), "BleedBox" => boxed(MEDIA),
        "TrimBox" => boxed(TRIM), "Contents" => content,
        "Resources" => dictionary! {
            "Font" => dictionary! { "F1" => font }, "XObject" => dictionary! { "Im1" => image },
        },
    })
}
