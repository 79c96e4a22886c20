//! A finished PDF opened again: pictures and adverts swapped in.
