//! A JPEG's scans read to their last block without making pixels: whether the data are all there, and what they look like.
//!
//! Decoders fill what is missing with gray and say nothing. Takes a 64th of the pixels' memory, an eighth if progressive.

use super::huffman::{Bits, Table};
use super::{Fault, Format};

/// The brightness of every block of 8 x 8 pixels.
pub(super) struct Blocks {
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) gray: Vec<u8>,
}

/// One colour of the frame.
struct Part {
    id: u8,
    /// Blocks across and down in each unit of an interleaved scan.
    across: usize,
    down: usize,
    /// Blocks that hold pixels.
    width: usize,
    height: usize,
    /// Blocks in a row, with those that fill up the last unit.
    stride: usize,
    /// Which coefficients of each block are not zero: kept if progressive.
    known: Vec<u64>,
    /// The mean of each block, of the first colour.
    means: Vec<i16>,
    /// The step of the means.
    step: u8,
    /// For each coefficient: the lowest bit that was sent.
    sent: [Option<u8>; 64],
}

/// What is set until something else is set.
#[derive(Default)]
struct Walk {
    parts: Vec<Part>,
    progressive: bool,
    units: (usize, usize),
    means: [Option<Table>; 4],
    details: [Option<Table>; 4],
    steps: [Option<i32>; 4],
    interval: usize,
}

/// What a scan sends: of which coefficients, and of which bits.
struct Band {
    from: usize,
    to: usize,
    /// The bit that was sent before, and the one that is sent now.
    high: u8,
    low: u8,
}

/// Why a scan ends before its last block.
enum Flaw {
    Short,
    Wrong(&'static str),
}

type Step<T = ()> = Result<T, Flaw>;

fn wrong<T>(why: &'static str) -> Step<T> {
    Err(Flaw::Wrong(why))
}

/// Reads all scans.
///
/// # Errors
/// [`Fault::Truncated`] if there are fewer data than pixels, [`Fault::Damaged`] if they cannot be read.
pub(super) fn blocks(bytes: &[u8]) -> Result<Blocks, Fault> {
    let mut walk = Walk::default();
    let done = walk.all(bytes).and_then(|()| walk.is_whole());
    done.map_err(|flaw| match flaw {
        Flaw::Short => Fault::Truncated(Format::Jpeg),
        Flaw::Wrong(why) => Fault::Damaged(Format::Jpeg, why.to_owned()),
    })?;
    let Some(first) = walk.parts.first() else { return Err(Fault::Truncated(Format::Jpeg)) };
    let step = walk.steps.get(usize::from(first.step)).copied().flatten().unwrap_or(8);
    let gray = |mean: &i16| (i32::from(*mean) * step / 8 + 128).clamp(0, 255) as u8;
    let rows = first.means.chunks_exact(first.stride).take(first.height);
    let gray = rows.flat_map(|row| row.iter().take(first.width).map(gray)).collect();
    Ok(Blocks { width: first.width as u32, height: first.height as u32, gray })
}

impl Walk {
    fn all(&mut self, bytes: &[u8]) -> Step {
        let mut at = 2;
        loop {
            while bytes.get(at).ok_or(Flaw::Short)? != &0xFF {
                at += 1;
            }
            while bytes.get(at).ok_or(Flaw::Short)? == &0xFF {
                at += 1;
            }
            let marker = bytes[at];
            at += 1;
            match marker {
                0xD9 => return Ok(()),
                0 | 1 | 0xD0..=0xD8 => continue,
                _ => {}
            }
            let length = bytes.get(at..at + 2).ok_or(Flaw::Short)?;
            let end = at + usize::from(u16::from_be_bytes([length[0], length[1]])).max(2);
            let data = bytes.get(at + 2..end).ok_or(Flaw::Short)?;
            match marker {
                0xC4 => self.tables(data)?,
                0xDB => self.quantisation(data)?,
                0xDD => self.interval = data.first_chunk().map_or(0, |n| usize::from(u16::from_be_bytes(*n))),
                0xC0..=0xC2 => self.frame(data, marker == 0xC2)?,
                0xDA => self.scan(data, Bits::new(bytes, end))?,
                _ => {}
            }
            at = end;
        }
    }

    fn tables(&mut self, mut data: &[u8]) -> Step {
        while let Some((&kind, rest)) = data.split_first() {
            let Some((table, length)) = Table::read(rest) else { return wrong("a table of codes is not sound") };
            let tables = if kind >> 4 == 0 { &mut self.means } else { &mut self.details };
            let Some(place) = tables.get_mut(usize::from(kind & 15)) else { return wrong("it has too many tables") };
            *place = Some(table);
            data = &rest[length..];
        }
        Ok(())
    }

    fn quantisation(&mut self, mut data: &[u8]) -> Step {
        while let Some((&kind, rest)) = data.split_first() {
            let wide = kind >> 4 != 0;
            let first = if wide {
                rest.first_chunk().map(|b| u16::from_be_bytes(*b))
            } else {
                rest.first().map(|b| u16::from(*b))
            };
            let (Some(place), Some(rest)) =
                (self.steps.get_mut(usize::from(kind & 15)), rest.get(if wide { 128 } else { 64 }..))
            else {
                return wrong("a table of steps is not sound");
            };
            *place = first.map(i32::from);
            data = rest;
        }
        Ok(())
    }

    fn frame(&mut self, data: &[u8], progressive: bool) -> Step {
        let [_, h1, h0, w1, w0, count, ref list @ ..] = *data else { return Err(Flaw::Short) };
        let size = |high, low| usize::from(u16::from_be_bytes([high, low]));
        let (width, height) = (size(w1, w0), size(h1, h0));
        let list = list.as_chunks::<3>().0;
        let sound = |[_, factors, _]: &[u8; 3]| (1..=4).contains(&(factors >> 4)) && (1..=4).contains(&(factors & 15));
        if !self.parts.is_empty() || list.len() != usize::from(count) || list.is_empty() || !list.iter().all(sound) {
            return wrong("its frame is not sound");
        }
        let most = |shift: u8| list.iter().map(|p| usize::from(p[1] >> shift & 15)).max().unwrap_or(1);
        let (most_across, most_down) = (most(4), most(0));
        self.units = (width.div_ceil(8 * most_across), height.div_ceil(8 * most_down));
        self.progressive = progressive;
        for (n, &[id, factors, step]) in list.iter().enumerate() {
            let (across, down) = (usize::from(factors >> 4), usize::from(factors & 15));
            let stride = self.units.0 * across;
            let all = stride * self.units.1 * down;
            self.parts.push(Part {
                id,
                across,
                down,
                width: (width * across).div_ceil(most_across).div_ceil(8),
                height: (height * down).div_ceil(most_down).div_ceil(8),
                stride,
                known: vec![0; if progressive { all } else { 0 }],
                means: vec![0; if n == 0 { all } else { 0 }],
                step,
                sent: [None; 64],
            });
        }
        Ok(())
    }

    fn scan(&mut self, data: &[u8], mut bits: Bits<'_>) -> Step {
        let (Some((_, list)), Some(band)) = (data.split_first(), data.last_chunk::<3>()) else {
            return Err(Flaw::Short);
        };
        let list = &list.as_chunks::<2>().0[..usize::from(data[0]).min(list.len() / 2)];
        let [from, to, bit] = *band;
        let band = match self.progressive {
            true => Band { from: from.into(), to: to.into(), high: bit >> 4, low: bit & 15 },
            false => Band { from: 0, to: 63, high: 0, low: 0 },
        };
        if band.to > 63 || band.from > band.to || list.is_empty() || band.low > 13 {
            return wrong("a scan's header is not sound");
        }
        let mut parts = Vec::new();
        for [id, tables] in list {
            let Some(part) = self.parts.iter().position(|p| p.id == *id) else { return wrong("a scan of no colour") };
            if self.steps.get(usize::from(self.parts[part].step)).is_none_or(Option::is_none) {
                return wrong("a table of steps is missing");
            }
            self.parts[part].sent[band.from..=band.to].fill(Some(band.low));
            parts.push((part, usize::from(tables >> 4), usize::from(tables & 15)));
        }
        self.units_of(&parts, &band, &mut bits)
    }

    /// Every unit of a scan: a block of one colour, or some of each.
    fn units_of(&mut self, list: &[(usize, usize, usize)], band: &Band, bits: &mut Bits<'_>) -> Step {
        let alone = list.len() == 1;
        let first = &self.parts[list[0].0];
        let (across, down) = if alone { (first.width, first.height) } else { self.units };
        let (mut means, mut run, mut left) = ([0i32; 4], 0u32, self.interval);
        for y in 0..down {
            for x in 0..across {
                if self.interval > 0 && left == 0 {
                    if !bits.restart() {
                        return Err(Flaw::Short);
                    }
                    (means, run, left) = ([0; 4], 0, self.interval);
                }
                left = left.wrapping_sub(1);
                for (&(n, dc, ac), mean) in list.iter().zip(&mut means) {
                    let part = &mut self.parts[n];
                    let (columns, rows) = if alone { (1, 1) } else { (part.across, part.down) };
                    for block in 0..columns * rows {
                        let at = (y * rows + block / columns) * part.stride + x * columns + block % columns;
                        let tables = (
                            self.means.get(dc).and_then(Option::as_ref),
                            self.details.get(ac).and_then(Option::as_ref),
                        );
                        match self.progressive {
                            true => part.pass(at, band, bits, tables, mean, &mut run)?,
                            false => part.whole(at, bits, tables, mean)?,
                        }
                    }
                }
                if bits.is_beyond() {
                    return Err(Flaw::Short);
                }
            }
        }
        Ok(())
    }

    /// Whether every colour was sent to its last bit, as all encoders do: a file may end between two of its scans.
    fn is_whole(&self) -> Step {
        let whole = self.parts.iter().all(|part| part.sent.iter().all(|bit| *bit == Some(0)));
        if whole { Ok(()) } else { Err(Flaw::Short) }
    }
}

type Tables<'a> = (Option<&'a Table>, Option<&'a Table>);

fn symbol(bits: &mut Bits<'_>, table: Option<&Table>) -> Step<u8> {
    let Some(table) = table else { return wrong("a table of codes is missing") };
    match bits.symbol(table) {
        Some(symbol) => Ok(symbol),
        None if bits.is_beyond() => Err(Flaw::Short),
        None => wrong("it holds a code that no table has"),
    }
}

impl Part {
    fn mean(&mut self, at: usize, bits: &mut Bits<'_>, table: Option<&Table>, mean: &mut i32, low: u8) -> Step {
        let size = u32::from(symbol(bits, table)?);
        if size > 15 {
            return wrong("it holds a step that is too large");
        }
        let value = bits.take(size) as i32;
        // Numbers that begin with 0 are negative (F.2.2.1, EXTEND).
        *mean = mean.wrapping_add(if size > 0 && value < 1 << (size - 1) { value - (1 << size) + 1 } else { value });
        if let Some(kept) = self.means.get_mut(at) {
            *kept = (*mean << low).clamp(i16::MIN.into(), i16::MAX.into()) as i16;
        }
        Ok(())
    }

    /// A block of a sequential frame.
    fn whole(&mut self, at: usize, bits: &mut Bits<'_>, (means, details): Tables<'_>, mean: &mut i32) -> Step {
        self.mean(at, bits, means, mean, 0)?;
        let mut k = 1;
        while k < 64 {
            let both = symbol(bits, details)?;
            match (usize::from(both >> 4), u32::from(both & 15)) {
                (15, 0) => k += 16,
                (_, 0) => return Ok(()),
                (zeros, size) => {
                    bits.take(size);
                    k += zeros + 1;
                }
            }
        }
        if k <= 64 || bits.is_beyond() { Ok(()) } else { wrong("a block has more than 64 numbers") }
    }

    /// A block's share of a progressive scan (annex G).
    fn pass(
        &mut self,
        at: usize,
        band: &Band,
        bits: &mut Bits<'_>,
        tables: Tables<'_>,
        mean: &mut i32,
        run: &mut u32,
    ) -> Step {
        match (band.from, band.high) {
            (0, 0) => self.mean(at, bits, tables.0, mean, band.low),
            (0, _) => {
                bits.take(1);
                Ok(())
            }
            (_, 0) => self.details(at, band, bits, tables.1, run),
            _ => self.refine(at, band, bits, tables.1, run),
        }
    }

    fn details(&mut self, at: usize, band: &Band, bits: &mut Bits<'_>, table: Option<&Table>, run: &mut u32) -> Step {
        if *run > 0 {
            *run -= 1;
            return Ok(());
        }
        let Some(known) = self.known.get_mut(at) else { return wrong("its frame is not sound") };
        let mut k = band.from;
        while k <= band.to {
            let both = symbol(bits, table)?;
            let (zeros, size) = (usize::from(both >> 4), u32::from(both & 15));
            match size {
                0 if zeros < 15 => {
                    *run = (1 << zeros) - 1 + bits.take(zeros as u32);
                    return Ok(());
                }
                0 => k += 16,
                _ => {
                    k += zeros;
                    bits.take(size);
                    if k > 63 {
                        return wrong("a block has more than 64 numbers");
                    }
                    *known |= 1 << k;
                    k += 1;
                }
            }
        }
        Ok(())
    }

    /// One more bit of what is known, and what is new.
    fn refine(&mut self, at: usize, band: &Band, bits: &mut Bits<'_>, table: Option<&Table>, run: &mut u32) -> Step {
        let Some(known) = self.known.get_mut(at) else { return wrong("its frame is not sound") };
        let before = *known;
        let is_known = |k: usize| before >> k & 1 == 1;
        let mut k = band.from;
        while *run == 0 && k <= band.to {
            let both = symbol(bits, table)?;
            let (mut zeros, size) = (usize::from(both >> 4), both & 15);
            if size == 0 && zeros < 15 {
                // This block is the first of the run.
                *run = (1 << zeros) + bits.take(zeros as u32);
                break;
            }
            bits.take(u32::from(size > 0));
            while k <= band.to {
                if is_known(k) {
                    bits.take(1);
                } else if zeros == 0 {
                    if size > 0 {
                        *known |= 1 << k;
                    }
                    break;
                } else {
                    zeros -= 1;
                }
                k += 1;
            }
            k += 1;
        }
        if *run > 0 {
            (k..=band.to).filter(|k| is_known(*k)).for_each(|_| {
                bits.take(1);
            });
            *run -= 1;
        }
        Ok(())
    }
}
