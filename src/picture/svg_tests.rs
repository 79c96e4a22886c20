//! Drawings that are safe and drawings that are not.

use super::*;

fn svg(inner: &str) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" width=\"100\" height=\"50\">\n{inner}\n</svg>"
    )
}

#[test]
fn sizes_come_in_points() {
    let cases = [
        ("width=\"100\" height=\"50\"", (75.0, 37.5)),
        ("width=\"100pt\" height=\"5in\"", (100.0, 360.0)),
        ("viewBox=\"0 0 40 20\"", (30.0, 15.0)),
        ("width=\"100%\" height=\"100%\" viewBox=\"0,0,40,20\"", (30.0, 15.0)),
        ("width=\"20mm\" viewBox=\"0 0 40 20\"", (20.0 * 72.0 / 25.4, 10.0 * 72.0 / 25.4)),
    ];
    for (attributes, wanted) in cases {
        let text = format!("<svg xmlns=\"http://www.w3.org/2000/svg\" {attributes}/>");
        let got = size(text.as_bytes()).unwrap_or_else(|f| panic!("{attributes}: {f:?}"));
        assert!((got.0 - wanted.0).abs() < 1e-9 && (got.1 - wanted.1).abs() < 1e-9, "{attributes}: {got:?}");
    }
}

#[test]
fn harmless_drawings_pass() {
    for inner in [
        "<rect width=\"5\" height=\"5\" fill=\"url(#a)\"/><linearGradient id=\"a\"/>",
        "<style>.a { fill: red; clip-path: url( '#b' ) }</style>",
        "<image href=\"data:image/png;base64,AAAA\"/>",
        "<g id=\"x\"><path d=\"M0 0\"/></g><use xlink:href=\"#x\"/>",
        "<text font-family=\"Serif\">a (b) @ c</text>",
        "<metadata><a:b xmlns:a=\"urn:x\" src=\"https://a.example\"/></metadata>",
    ] {
        assert_eq!(size(svg(inner).as_bytes()), Ok((75.0, 37.5)), "{inner}");
    }
}

#[test]
fn what_runs_or_loads_is_refused_at_its_line() {
    for inner in [
        "<script>alert(1)</script>",
        "<rect onclick=\"x()\"/>",
        "<rect ONload=\"x()\"/>",
        "<foreignObject/>",
        "<image href=\"https://a.example/x.png\"/>",
        "<image xlink:href=\"x.png\"/>",
        "<image href=\"file:///etc/passwd\"/>",
        "<use href=\"other.svg#a\"/>",
        "<image href=\"data:image/svg+xml;base64,AAAA\"/>",
        "<a href=\"javascript:alert(1)\"/>",
        "<style>@import 'x.css';</style>",
        "<style>@\\69mport 'x.css';</style>",
        "<style>a { fill: url(https://a.example) }</style>",
        "<style>a { fill: u/**/rl(#b) url(x.svg#c) }</style>",
        "<style>@font-face { src: url(https://a.example/f.woff) }</style>",
        "<rect style=\"fill:url(&quot;//a.example&quot;)\"/>",
        "<rect fill=\"url(http://a.example#b)\"/>",
        "<rect><animate attributeName=\"x\"/></rect>",
        "<set attributeName=\"x\"/>",
        "<style>@keyframes a {}</style>",
        "<b xmlns=\"http://www.w3.org/1999/xhtml\"/>",
        "<rect xml:base=\"https://a.example\"/>",
    ] {
        let text = svg(inner);
        match size(text.as_bytes()) {
            Err(Fault::SvgUnsafe { at, .. }) => {
                assert!(text[..at.start].matches('\n').count() == 1, "{inner}: {at:?}");
            }
            other => panic!("{inner}: {other:?}"),
        }
    }
}

#[test]
fn entities_and_style_sheets_are_refused() {
    let laughs = "<!DOCTYPE svg [<!ENTITY a \"b\">]>\n<svg xmlns=\"http://www.w3.org/2000/svg\">&a;</svg>";
    assert!(matches!(size(laughs.as_bytes()), Err(Fault::SvgUnsafe { at, .. }) if at.start == 0));
    let sheet = "<?xml-stylesheet href=\"x.css\"?><svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1\" height=\"1\"/>";
    assert!(matches!(size(sheet.as_bytes()), Err(Fault::SvgUnsafe { .. })));
}

#[test]
fn broken_drawings_are_found_where_they_break() {
    let text = svg("<rect></g>");
    assert!(matches!(size(text.as_bytes()), Err(Fault::SvgSyntax { at, .. }) if text[..at.start].contains("<rect>")));
    // The place is that of the text with plain line ends.
    let windows = text.replace('\n', "\r\n");
    assert_eq!(size(windows.as_bytes()), size(text.as_bytes()));
    assert!(size(&svg("").as_bytes()[..40]).is_err());
    assert!(matches!(size(b"<svg width='1' height='1'/>"), Err(Fault::SvgSyntax { .. })));
    assert!(matches!(size(b"<svg xmlns='http://www.w3.org/2000/svg'/>"), Err(Fault::SvgSyntax { .. })));
    assert!(matches!(
        size(b"<svg xmlns='http://www.w3.org/2000/svg' width='0' height='1'/>"),
        Err(Fault::SvgSyntax { .. })
    ));
    assert!(matches!(size(b"<svg \xFF/>"), Err(Fault::SvgSyntax { at, .. }) if at.start == 5));
}

#[test]
fn floods_are_refused_quickly() {
    let deep = svg(&("<g>".repeat(100_000) + &"</g>".repeat(100_000)));
    assert!(matches!(size(deep.as_bytes()), Err(Fault::SvgUnsafe { .. })));
    let laughs: String =
        (0..20).map(|i| format!("<g id=\"g{}\">{}</g>", i + 1, format!("<use href=\"#g{i}\"/>").repeat(10))).collect();
    assert!(matches!(size(svg(&format!("<g id=\"g0\"/>{laughs}")).as_bytes()), Err(Fault::SvgUnsafe { .. })));
    let circle = "<g id=\"a\"><use href=\"#b\"/></g><g id=\"b\"><use href=\"#a\"/></g>";
    assert!(matches!(size(svg(circle).as_bytes()), Err(Fault::SvgUnsafe { .. })));
    let chain: String = (0..50_000).map(|i| format!("<g id=\"g{i}\"><use href=\"#g{}\"/></g>", i + 1)).collect();
    assert!(matches!(size(svg(&chain).as_bytes()), Err(Fault::SvgUnsafe { .. })));
}
