//! `masthead init`: a publication that builds at once.
//!
//! Nothing that is there is ever overwritten: the folder must be new or empty.

use super::Error;
use crate::data::Date;
use std::path::Path;

/// The files of the new publication; `ISSUE` is the first issue's folder. Texts in braces are filled in.
const FILES: &[(&str, &str)] = &[
    ("masthead.toml", include_str!("starter/masthead.toml")),
    ("README.txt", include_str!("starter/README.txt")),
    ("theme/theme.toml", include_str!("starter/theme.toml")),
    ("ISSUE/issue.toml", include_str!("starter/issue.toml")),
    ("ISSUE/pictures.toml", include_str!("starter/pictures.toml")),
    ("ISSUE/articles/seven-minutes-fast.md", include_str!("starter/seven-minutes-fast.md")),
    ("ISSUE/articles/in-brief.md", include_str!("starter/in-brief.md")),
    ("ISSUE/articles/how-to-write-one.md", include_str!("starter/how-to-write-one.md")),
    ("ISSUE/articles/two-kettles.md", include_str!("starter/two-kettles.md")),
    ("ISSUE/articles/words-for-rain.md", include_str!("starter/words-for-rain.md")),
    ("ISSUE/adverts/for-sale.svg", include_str!("starter/for-sale.svg")),
    ("ISSUE/pictures/cover.svg", include_str!("starter/cover.svg")),
    ("ISSUE/pictures/clock.svg", include_str!("starter/clock.svg")),
    ("ISSUE/pictures/fence.svg", include_str!("starter/fence.svg")),
    ("ISSUE/pictures/pencil.svg", include_str!("starter/pencil.svg")),
    ("ISSUE/pictures/wheels.svg", include_str!("starter/wheels.svg")),
];

/// Makes a publication in `folder`, which is made too; its first issue is next month's. Gives back the files' names.
///
/// # Errors
/// When the folder holds anything already, or cannot be written.
pub fn run(folder: &Path, today: Date) -> Result<Vec<String>, Error> {
    if let Ok(mut entries) = std::fs::read_dir(folder) {
        if entries.next().is_some() {
            let name = folder.display();
            return Err(Error::Refused(format!("`{name}` is not empty: name a folder that does not exist yet")));
        }
    } else if folder.exists() {
        return Err(Error::Refused(format!("`{}` is a file: name a folder that does not exist yet", folder.display())));
    }
    let first = Date { day: 1, ..today }.plus_months(1);
    let month = |d: Date| format!("{:04}-{:02}", d.year, d.month);
    let issue = month(first);
    let title = title(folder);
    let mut made = Vec::new();
    for (name, text) in FILES {
        let name = name.replace("ISSUE", &issue);
        let text = text
            .replace("{title}", &title)
            .replace("{issue}", &issue)
            .replace("{next}", &month(first.plus_months(1)))
            .replace("{date}", &first.to_string())
            .replace("{written}", &today.to_string())
            .replace("{year}", &first.year.to_string());
        write(&folder.join(&name), &text)?;
        made.push(name);
    }
    Ok(made)
}

fn write(path: &Path, text: &str) -> Result<(), Error> {
    if let Some(parent) = path.parent() {
        std::fs::create_dir_all(parent).map_err(Error::io("make", parent))?;
    }
    std::fs::write(path, text).map_err(Error::io("write", path))
}

/// The folder's name as a title: `the-gazette` becomes "The Gazette".
fn title(folder: &Path) -> String {
    let absolute = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    let name = absolute.file_name().and_then(|n| n.to_str()).unwrap_or_default();
    let clean: String =
        name.chars().map(|c| if c.is_alphanumeric() || c == '\'' || c == '’' { c } else { ' ' }).collect();
    let capital = |word: &str| {
        let mut rest = word.chars();
        rest.next().map(|first| first.to_uppercase().chain(rest).collect::<String>()).unwrap_or_default()
    };
    let title = clean.split_whitespace().map(capital).collect::<Vec<_>>().join(" ");
    if title.is_empty() { "My Magazine".to_owned() } else { title }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folders_name_becomes_a_title() {
        assert_eq!(title(Path::new("/x/the-mill_street gazette")), "The Mill Street Gazette");
        assert_eq!(title(Path::new("/x/\"quoted\"")), "Quoted");
        assert_eq!(title(Path::new("/x/---")), "My Magazine");
    }
}
