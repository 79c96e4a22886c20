//! The shipped profiles, and the ICC profiles that they name.

/// A shipped shop profile.
pub(super) struct Shipped {
    pub(super) name: &'static str,
    pub(super) text: &'static str,
}

macro_rules! shops {
    ($($name:literal),* $(,)?) => {
        &[$(Shipped { name: $name, text: include_str!(concat!("../../../shops/", $name, ".toml")) }),*]
    };
}

/// All of them, the most usual first.
pub(super) const SHIPPED: &[Shipped] =
    shops!["fogra39-x4", "gracol-x4", "swop-x1a", "uncoated-x4", "newspaper", "digital"];

macro_rules! profiles {
    ($($file:literal),* $(,)?) => {
        &[$(($file, include_bytes!(concat!("../../../profiles/", $file)))),*]
    };
}

/// ICC profiles by file name.
const PROFILES: &[(&str, &[u8])] = profiles![
    "FOGRA39L_coated.icc",
    "FOGRA47L_uncoated.icc",
    "GRACoL_TR006_coated.icc",
    "SWOP_TR003_coated_3.icc",
    "IFRA26S_2004_newsprint.icc",
];

/// A shipped ICC profile.
pub(super) fn profile(file: &str) -> Option<&'static [u8]> {
    PROFILES.iter().find(|(name, _)| *name == file).map(|(_, bytes)| *bytes)
}

/// The names of the shipped ICC profiles.
pub(super) fn profile_names() -> Vec<&'static str> {
    PROFILES.iter().map(|(name, _)| *name).collect()
}
