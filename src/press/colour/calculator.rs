//! The calculator functions of a PDF (ISO 32000-1, 7.10.5): a little of PostScript, on a stack of numbers.
//!
//! A program runs a bounded number of steps; what makes no sense leaves zeros.

/// A parsed program.
#[derive(Debug, Clone)]
pub(super) struct Program(Vec<Step>);

#[derive(Debug, Clone)]
enum Step {
    Push(f64),
    Do(String),
    If(Vec<Step>),
    IfElse(Vec<Step>, Vec<Step>),
}

/// Procedures within procedures, and numbers on the stack.
const DEEPEST: usize = 32;
const TALLEST: usize = 100;

impl Program {
    /// Parses `{ … }`; `None` if it is no such program.
    pub(super) fn parse(text: &[u8]) -> Option<Program> {
        let text = String::from_utf8_lossy(text).replace('{', " { ").replace('}', " } ");
        let mut words = text.split_whitespace();
        if words.next() != Some("{") {
            return None;
        }
        block(&mut words, 0).map(Program)
    }

    /// The top `outputs` numbers after a run.
    pub(super) fn run(&self, inputs: &[f64], outputs: usize) -> Vec<f64> {
        let mut stack = inputs.to_vec();
        run(&self.0, &mut stack);
        let missing = outputs.saturating_sub(stack.len());
        let from = stack.len().saturating_sub(outputs);
        vec![0.0; missing].into_iter().chain(stack.drain(from..)).collect()
    }
}

fn block<'a>(words: &mut impl Iterator<Item = &'a str>, depth: usize) -> Option<Vec<Step>> {
    let mut steps = Vec::new();
    let mut waiting: Vec<Vec<Step>> = Vec::new();
    if depth > DEEPEST {
        return None;
    }
    loop {
        match words.next()? {
            "{" => waiting.push(block(words, depth + 1)?),
            "}" => return waiting.is_empty().then_some(steps),
            "if" => steps.push(Step::If(waiting.pop()?)),
            "ifelse" => {
                let other = waiting.pop()?;
                steps.push(Step::IfElse(waiting.pop()?, other));
            }
            word => steps.push(word.parse().map_or_else(|_| Step::Do(word.to_owned()), Step::Push)),
        }
    }
}

fn run(steps: &[Step], stack: &mut Vec<f64>) {
    for step in steps {
        match step {
            Step::Push(value) => stack.push(*value),
            Step::Do(word) => act(word, stack),
            Step::If(then) => {
                if pop(stack) != 0.0 {
                    run(then, stack);
                }
            }
            Step::IfElse(then, other) => run(if pop(stack) != 0.0 { then } else { other }, stack),
        }
        stack.truncate(TALLEST);
    }
}

fn pop(stack: &mut Vec<f64>) -> f64 {
    stack.pop().unwrap_or_default()
}

fn act(word: &str, stack: &mut Vec<f64>) {
    if let Some(one) = unary(word) {
        let a = pop(stack);
        return stack.push(sound(one(a)));
    }
    if let Some(two) = binary(word) {
        let b = pop(stack);
        let a = pop(stack);
        return stack.push(sound(two(a, b)));
    }
    match word {
        "true" => stack.push(1.0),
        "false" => stack.push(0.0),
        "pop" => drop(stack.pop()),
        "dup" => {
            let top = stack.last().copied().unwrap_or_default();
            stack.push(top);
        }
        "exch" => {
            let (b, a) = (pop(stack), pop(stack));
            stack.extend([b, a]);
        }
        "copy" => {
            let n = (pop(stack).max(0.0) as usize).min(stack.len());
            stack.extend_from_within(stack.len() - n..);
        }
        "index" => {
            let n = pop(stack).max(0.0) as usize;
            let value = stack.len().checked_sub(n + 1).and_then(|at| stack.get(at)).copied();
            stack.push(value.unwrap_or_default());
        }
        "roll" => {
            let (by, n) = (pop(stack) as i64, (pop(stack).max(0.0) as usize).min(stack.len()));
            if n > 0 {
                let from = stack.len() - n;
                stack[from..].rotate_right(by.rem_euclid(n as i64) as usize);
            }
        }
        _ => {}
    }
}

fn sound(value: f64) -> f64 {
    if value.is_finite() { value } else { 0.0 }
}

fn truth(value: bool) -> f64 {
    f64::from(u8::from(value))
}

fn unary(word: &str) -> Option<fn(f64) -> f64> {
    Some(match word {
        "abs" => f64::abs,
        "neg" => |a| -a,
        "ceiling" => f64::ceil,
        "floor" => f64::floor,
        "round" => f64::round,
        "truncate" | "cvi" => f64::trunc,
        "cvr" => |a| a,
        "sqrt" => f64::sqrt,
        "sin" => |a| a.to_radians().sin(),
        "cos" => |a| a.to_radians().cos(),
        "ln" => f64::ln,
        "log" => f64::log10,
        // Truth is 1, and numbers are seldom turned bit by bit.
        "not" => |a| truth(a == 0.0),
        _ => return None,
    })
}

fn binary(word: &str) -> Option<fn(f64, f64) -> f64> {
    Some(match word {
        "add" => |a, b| a + b,
        "sub" => |a, b| a - b,
        "mul" => |a, b| a * b,
        "div" => |a, b| a / b,
        "idiv" => |a, b| (a / b).trunc(),
        "mod" => |a, b| a % b,
        "exp" => f64::powf,
        "atan" => |a, b| a.atan2(b).to_degrees().rem_euclid(360.0),
        "eq" => |a, b| truth(a == b),
        "ne" => |a, b| truth(a != b),
        "gt" => |a, b| truth(a > b),
        "ge" => |a, b| truth(a >= b),
        "lt" => |a, b| truth(a < b),
        "le" => |a, b| truth(a <= b),
        "and" => |a, b| ((a as i64) & (b as i64)) as f64,
        "or" => |a, b| ((a as i64) | (b as i64)) as f64,
        "xor" => |a, b| ((a as i64) ^ (b as i64)) as f64,
        "bitshift" => |a, b| (a * 2f64.powf(b)).trunc(),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str, inputs: &[f64], outputs: usize) -> Vec<f64> {
        Program::parse(text.as_bytes()).unwrap().run(inputs, outputs)
    }

    #[test]
    fn programs_run_as_the_standard_says() {
        assert_eq!(of("{ 360 mul sin 2 div exch 360 mul sin 2 div add }", &[0.25, 0.25], 1), [1.0]);
        assert_eq!(of("{dup 0.5 gt{1 exch sub}{2 mul}ifelse}", &[0.75], 1), [0.25]);
        assert_eq!(of("{dup 0.5 gt{1 exch sub}{2 mul}ifelse}", &[0.25], 1), [0.5]);
        assert_eq!(of("{ 1 2 3 3 1 roll }", &[], 3), [3.0, 1.0, 2.0]);
        assert_eq!(of("{ 1 2 3 3 -1 roll }", &[], 3), [2.0, 3.0, 1.0]);
        assert_eq!(of("{ 5 6 1 index 2 copy }", &[], 5), [5.0, 6.0, 5.0, 6.0, 5.0]);
    }

    #[test]
    fn nonsense_gives_zeros_or_nothing() {
        assert_eq!(of("{ pop pop pop add 0 div }", &[1.0], 2), [0.0, 0.0]);
        for text in ["", "}", "{", "{ { }", "{ if }", "1 2 add"] {
            assert!(Program::parse(text.as_bytes()).is_none(), "{text}");
        }
        let deep = "{".repeat(10_000);
        assert!(Program::parse(deep.as_bytes()).is_none());
    }
}
