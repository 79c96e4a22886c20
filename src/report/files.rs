//! The names and texts of the files that findings point into.
//!
//! Paths are relative to the publication's folder and written with `/`.

/// A file that was looked at, text or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(u32);

#[derive(Debug)]
struct Entry {
    path: String,
    text: Option<String>,
    line_starts: Vec<u32>,
}

/// All files that were looked at, in the order of their first mention.
#[derive(Debug, Default)]
pub struct Files {
    entries: Vec<Entry>,
}

impl Files {
    /// Registers a file, or finds it if it is known. A text given later replaces "no text".
    pub fn add(&mut self, path: &str, text: Option<String>) -> FileId {
        let index = match self.entries.iter().position(|e| e.path == path) {
            Some(index) => index,
            None => {
                self.entries.push(Entry { path: path.to_owned(), text: None, line_starts: Vec::new() });
                self.entries.len() - 1
            }
        };
        if let Some(text) = text {
            let starts = text.bytes().enumerate().filter(|&(_, b)| b == b'\n').map(|(i, _)| i as u32 + 1);
            self.entries[index].line_starts = std::iter::once(0).chain(starts).collect();
            self.entries[index].text = Some(text);
        }
        FileId(index as u32)
    }

    /// The path relative to the publication's folder.
    pub fn path(&self, id: FileId) -> &str {
        &self.entries[id.0 as usize].path
    }

    /// The text, if it is a text file that could be read.
    pub fn text(&self, id: FileId) -> Option<&str> {
        self.entries[id.0 as usize].text.as_deref()
    }

    /// One-based line and column (in characters) of a byte.
    pub fn line_column(&self, id: FileId, byte: u32) -> (usize, usize) {
        let entry = &self.entries[id.0 as usize];
        let Some(text) = &entry.text else { return (1, 1) };
        let line = entry.line_starts.partition_point(|&s| s <= byte).max(1);
        let start = entry.line_starts[line - 1] as usize;
        let mut end = (byte as usize).clamp(start, text.len());
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        (line, text[start..end].chars().count() + 1)
    }

    /// The text of a one-based line without its line end.
    pub fn line(&self, id: FileId, line: usize) -> Option<&str> {
        self.text(id)?.split('\n').nth(line.checked_sub(1)?)
    }

    /// The path and text of every text file that was read, by path.
    pub fn texts(&self) -> Vec<(&str, &str)> {
        let texts = self.entries.iter().filter_map(|e| Some((e.path.as_str(), e.text.as_deref()?)));
        let mut list: Vec<(&str, &str)> = texts.collect();
        list.sort_unstable();
        list
    }
}
