//! Shadings (ISO 32000-1, 8.7.4.3) in inks.

use super::function::{self, Function};
use super::{Press, Space, plain};
use lopdf::{Dictionary, Object};

/// Steps by which a course of colour is sampled: finer than eyes tell apart.
const STEPS: usize = 256;

impl Press<'_> {
    /// A shading with inks in place of its colours; `None` where nothing must or can change.
    pub(super) fn shading(&mut self, object: &Object, resources: &Dictionary) -> Option<Object> {
        let (id, found) = self.document.dereference(object).ok()?;
        let mut made = found.clone();
        if let Some(id) = id
            && !self.done.insert(id)
        {
            return Some(Object::Reference(id));
        }
        let dict = match &mut made {
            Object::Stream(stream) => &mut stream.dict,
            other => other.as_dict_mut().ok()?,
        };
        self.coloured(dict, resources)?;
        if let (Object::Stream(stream), Some(id)) = (&mut made, id) {
            // Its data are places and parameters, which stay.
            let content = plain(stream)?;
            stream.dict.remove(b"Filter");
            stream.dict.remove(b"DecodeParms");
            stream.set_plain_content(content);
            let _ = stream.compress();
            self.document.objects.insert(id, made);
            return Some(Object::Reference(id));
        }
        if let Some(id) = id {
            self.document.objects.insert(id, made);
            return Some(Object::Reference(id));
        }
        Some(made)
    }

    fn coloured(&mut self, dict: &mut Dictionary, resources: &Dictionary) -> Option<()> {
        let space = Space::read(self.document, resources, dict.get(b"ColorSpace").ok()?);
        let fold = matches!(&space, Space::Spot(spot) if !self.shop.spots && !spot.special);
        if matches!(space, Space::Gray | Space::Inks) {
            dict.set("ColorSpace", if matches!(space, Space::Gray) { "DeviceGray" } else { "DeviceCMYK" });
            return Some(());
        }
        if !(fold || matches!(space, Space::Rgb)) {
            return None;
        }
        let function = Function::read(self.document, dict.get(b"Function").ok()?)?;
        let (low, high) = function.domain();
        let at = |step: usize| {
            let t = low + (high - low) * step as f64 / (STEPS - 1) as f64;
            space.inks(&function.at(&[t]), self.inks)
        };
        let inks: Option<Vec<[f64; 4]>> = (0..STEPS).map(at).collect();
        let course = function::of_inks((low, high), &inks?);
        let course = self.document.add_object(course);
        if let Some(ground) = function::numbers(self.document, dict, b"Background") {
            let inks = space.inks(&ground, self.inks)?;
            dict.set("Background", inks.map(|v| Object::Real(v as f32)).to_vec());
        }
        dict.set("Function", course);
        dict.set("ColorSpace", "DeviceCMYK");
        Some(())
    }
}
