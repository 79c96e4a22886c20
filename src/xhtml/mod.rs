//! Manuscript trees as well-formed XHTML, for the e-book and the web.
