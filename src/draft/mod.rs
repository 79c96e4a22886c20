//! Manifest, manuscripts and pictures with names resolved; may be broken.
