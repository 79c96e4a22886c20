//! The bits of a JPEG's scan and the codes in them (ITU-T T.81, annex F.2.2).
//!
//! Behind the end of the data come zeros without end; who reads them is told by [`Bits::is_beyond`].

/// The bits between two markers, stuffed bytes left out.
pub(super) struct Bits<'a> {
    data: &'a [u8],
    at: usize,
    held: u64,
    /// Bits held, and how many of these were made up at the end.
    count: u32,
    made_up: u32,
}

impl<'a> Bits<'a> {
    /// From `at` up to the next marker.
    pub(super) fn new(data: &'a [u8], at: usize) -> Self {
        Bits { data, at, held: 0, count: 0, made_up: 0 }
    }

    /// At least 32 bits are held afterwards.
    #[inline(always)]
    fn fill(&mut self) {
        if self.count >= 32 {
            return;
        }
        if let Some(four) = self.data.get(self.at..).and_then(|rest| rest.first_chunk::<4>()) {
            let word = u32::from_be_bytes(*four);
            // None of the four bytes is 0xFF.
            if (!word).wrapping_sub(0x0101_0101) & word & 0x8080_8080 == 0 {
                self.held = self.held << 32 | u64::from(word);
                (self.count, self.at) = (self.count + 32, self.at + 4);
                return;
            }
        }
        self.fill_slowly();
    }

    #[cold]
    fn fill_slowly(&mut self) {
        while self.count < 32 {
            let byte = match (self.data.get(self.at), self.data.get(self.at + 1)) {
                (Some(0xFF), Some(0)) => {
                    self.at += 2;
                    0xFF
                }
                (Some(0xFF) | None, _) => {
                    self.made_up = self.made_up.saturating_add(8);
                    0
                }
                (Some(byte), _) => {
                    self.at += 1;
                    *byte
                }
            };
            self.held = self.held << 8 | u64::from(byte);
            self.count += 8;
        }
    }

    /// Whether more was read than there is.
    #[inline(always)]
    pub(super) fn is_beyond(&self) -> bool {
        self.count < self.made_up
    }

    /// The next bits, up to 16, most significant first.
    #[inline(always)]
    pub(super) fn take(&mut self, count: u32) -> u32 {
        self.fill();
        self.count -= count;
        (self.held >> self.count) as u32 & ((1 << count) - 1)
    }

    /// The next code's symbol.
    #[inline(always)]
    pub(super) fn symbol(&mut self, table: &Table) -> Option<u8> {
        self.fill();
        let next = (self.held >> (self.count - 16)) as u32 & 0xFFFF;
        let (length, symbol) = table.find(next)?;
        self.count -= length;
        Some(symbol)
    }

    /// Moves past the next restart marker. `false` if another marker, or nothing, is next.
    pub(super) fn restart(&mut self) -> bool {
        (self.held, self.count, self.made_up) = (0, 0, 0);
        // Whatever stands before the marker belongs to no block.
        while let Some(byte) = self.data.get(self.at) {
            match (byte, self.data.get(self.at + 1)) {
                (0xFF, Some(0xD0..=0xD7)) => {
                    self.at += 2;
                    return true;
                }
                (0xFF, Some(0)) => self.at += 2,
                (0xFF, Some(0xFF)) => self.at += 1,
                (0xFF, _) => return false,
                _ => self.at += 1,
            }
        }
        false
    }
}

/// Bits by which most codes are found at once.
const QUICK: u32 = 10;

/// A table of codes.
pub(super) struct Table {
    /// Length and symbol of the code with which so many bits begin; length 0 if it is longer.
    quick: Vec<(u8, u8)>,
    /// For each length above: the first number of 16 bits behind its codes, its first code and where its symbols begin.
    long: Vec<(u32, u32, u32, usize)>,
    symbols: Vec<u8>,
}

impl Table {
    /// From a segment's 16 counts and the symbols behind them; gives back how many bytes it took.
    pub(super) fn read(data: &[u8]) -> Option<(Self, usize)> {
        let counts = data.first_chunk::<16>()?;
        let total = counts.iter().map(|n| usize::from(*n)).sum::<usize>();
        let symbols = data.get(16..16 + total)?.to_vec();
        let mut table = Table { quick: vec![(0, 0); 1 << QUICK], long: Vec::new(), symbols };
        let (mut code, mut first) = (0u32, 0usize);
        for (length, count) in (1u32..).zip(counts) {
            let count = u32::from(*count);
            if code + count > 1 << length {
                return None;
            }
            if length > QUICK {
                table.long.push(((code + count) << (16 - length), length, code, first));
            } else {
                for n in 0..count {
                    let from = ((code + n) << (QUICK - length)) as usize;
                    let entry = (length as u8, table.symbols[first + n as usize]);
                    table.quick[from..from + (1 << (QUICK - length))].fill(entry);
                }
            }
            first += count as usize;
            code = (code + count) << 1;
        }
        Some((table, 16 + total))
    }

    #[inline(always)]
    fn find(&self, next: u32) -> Option<(u32, u8)> {
        let (length, symbol) = self.quick[(next >> (16 - QUICK)) as usize];
        if length > 0 {
            return Some((length.into(), symbol));
        }
        let (_, length, code, first) = self.long.iter().find(|(end, ..)| next < *end)?;
        let index = (next >> (16 - length)).checked_sub(*code)?;
        Some((*length, *self.symbols.get(first + index as usize)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_every_length_are_found_and_the_end_is_told() {
        // 0 -> 7, 10 -> 8, and a code of twelve bits: 1100 0000 0000 -> 9.
        let mut data = vec![1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 7, 8, 9];
        let (table, length) = Table::read(&data).unwrap();
        assert_eq!(length, 19);
        // 0 10 1100 0000 0000, then ones, stuffed.
        let mut bits = Bits::new(&[0b0101_1000, 0, 0xFF, 0, 0xFF, 0xD9], 0);
        assert_eq!([(); 3].map(|()| bits.symbol(&table)), [Some(7), Some(8), Some(9)]);
        assert_eq!((bits.take(9), bits.is_beyond()), (0xFF, false));
        bits.take(1);
        assert!(bits.is_beyond());
        assert!(Bits::new(&[0xFF, 0, 0xFF, 0], 0).symbol(&table).is_none(), "no such code");
        data[0] = 3;
        assert!(Table::read(&data).is_none(), "more codes than bits can tell apart");
    }
}
