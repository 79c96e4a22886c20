//! An issue laid out: fitted pages, and what stands where.
