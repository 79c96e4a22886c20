//! What a store answered, in plain words.
//!
//! Answers of S3 servers quote access keys and what was signed: of an answer only its code is used, never its text.

use super::Error;
use super::paths::shown;
use object_store::client::{HttpError, HttpErrorKind};

/// What an error is told of the place.
#[derive(Debug, Clone)]
pub(super) struct Told {
    /// The bucket; none for a folder.
    pub(super) bucket: Option<String>,
    /// Where it is: a folder, or a host.
    pub(super) host: String,
}

/// What failed while doing something: "write `latest.json`".
pub(super) fn words(told: &Told, doing: &str, error: &object_store::Error) -> Error {
    let text = match &told.bucket {
        Some(bucket) => of_store(bucket, &told.host, doing, error),
        None => format!("cannot {doing} in the folder `{}`: {}", told.host, of_folder(error)),
    };
    Error::Place(text)
}

/// What is said where nothing was answered in time.
pub(super) fn silence(told: &Told, doing: &str) -> Error {
    Error::Place(format!("cannot {doing}: `{}` does not answer; check the network and AWS_ENDPOINT", told.host))
}

fn of_store(bucket: &str, host: &str, doing: &str, error: &object_store::Error) -> String {
    if let Some(kind) = transport(error) {
        return match kind {
            HttpErrorKind::Connect | HttpErrorKind::Request => {
                format!("cannot {doing}: `{host}` cannot be reached; check the network and AWS_ENDPOINT")
            }
            _ => format!("cannot {doing}: `{host}` does not answer; check the network and AWS_ENDPOINT"),
        };
    }
    let text = error.to_string();
    let code = code(&text);
    let needs = format!("it needs to list, read, write and delete in the bucket `{bucket}`");
    match code.as_str() {
        "NoSuchBucket" => format!("the bucket `{bucket}` is not there, or this key may not see it"),
        "SignatureDoesNotMatch" => "the store refuses the secret key: check AWS_SECRET_ACCESS_KEY".to_owned(),
        "InvalidAccessKeyId" | "InvalidClientTokenId" => {
            format!("`{host}` does not know this access key: check AWS_ACCESS_KEY_ID and AWS_ENDPOINT")
        }
        "ExpiredToken" | "InvalidToken" | "TokenRefreshRequired" => {
            "the session has run out: get new credentials and set AWS_SESSION_TOKEN".to_owned()
        }
        "RequestTimeTooSkewed" => "this machine's clock is wrong: the store refuses its requests".to_owned(),
        "PermanentRedirect" | "AuthorizationHeaderMalformed" | "IllegalLocationConstraintException" => {
            format!("the bucket `{bucket}` is in another region: set AWS_REGION")
        }
        "NotImplemented" => {
            format!(
                "`{host}` cannot {doing}: it lacks what publishing needs of a store (writing only what is not there yet)"
            )
        }
        _ if text.contains("without LOCATION") => format!("the bucket `{bucket}` is in another region: set AWS_REGION"),
        _ => match error {
            object_store::Error::PermissionDenied { .. } => format!("this key may not {doing}: {needs}"),
            object_store::Error::Unauthenticated { .. } => {
                "the store refuses these credentials: check AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY".to_owned()
            }
            // The list of a bucket that is there is empty, not absent.
            object_store::Error::NotFound { .. } => {
                format!("the bucket `{bucket}` is not there, or this key may not see it")
            }
            _ => match (code.as_str(), status(&text)) {
                ("", None) => format!("cannot {doing} at `{host}`: the answer is not one of an S3 store"),
                ("", Some(status)) => format!("cannot {doing}: `{host}` answers {status}"),
                (code, _) => format!("cannot {doing}: `{host}` answers {code}"),
            },
        },
    }
}

/// How the connection failed, where it did.
fn transport(error: &object_store::Error) -> Option<HttpErrorKind> {
    let mut current: &(dyn std::error::Error + 'static) = error;
    loop {
        if let Some(error) = current.downcast_ref::<HttpError>() {
            return Some(error.kind());
        }
        current = current.source()?;
    }
}

/// The code in an answer's `<Code>`: letters only, or nothing.
fn code(text: &str) -> String {
    let inside =
        text.split_once("<Code>").and_then(|(_, rest)| rest.split_once("</Code>")).map_or("", |(code, _)| code);
    let plain = !inside.is_empty() && inside.len() <= 60 && inside.chars().all(|c| c.is_ascii_alphanumeric());
    if plain { inside.to_owned() } else { String::new() }
}

/// The HTTP status in an error's text.
fn status(text: &str) -> Option<&str> {
    let rest = text.split_once("status code: ")?.1;
    let number = rest.get(..3)?;
    number.bytes().all(|b| b.is_ascii_digit()).then_some(number)
}

/// What the system said; a folder keeps no secrets.
fn of_folder(error: &object_store::Error) -> String {
    let mut current: &(dyn std::error::Error + 'static) = error;
    loop {
        if let Some(error) = current.downcast_ref::<std::io::Error>() {
            return error.to_string();
        }
        match current.source() {
            Some(source) => current = source,
            None => return shown(&current.to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANSWER: &str = "Server returned non-2xx status code: 403 Forbidden: <?xml version=\"1.0\"?><Error>\
        <Code>SignatureDoesNotMatch</Code><Message>m</Message><AWSAccessKeyId>AKIASECRET</AWSAccessKeyId>\
        <StringToSign>AWS4-HMAC-SHA256 topsecret</StringToSign></Error>";

    fn told() -> Told {
        Told { bucket: Some("press".to_owned()), host: "localhost:1".to_owned() }
    }

    #[test]
    fn answers_are_never_quoted() {
        for answer in
            [ANSWER.to_owned(), ANSWER.replace("SignatureDoesNotMatch", "Weird"), ANSWER.replace("<Code>", "<C>")]
        {
            let error = object_store::Error::Generic { store: "S3", source: answer.into() };
            let text = words(&told(), "list `assets`", &error).to_string();
            assert!(!text.contains("AKIA") && !text.contains("topsecret") && !text.contains('<'), "{text}");
        }
    }

    #[test]
    fn codes_become_advice() {
        for (code, advice) in [
            ("NoSuchBucket", "the bucket `press` is not there"),
            ("SignatureDoesNotMatch", "AWS_SECRET_ACCESS_KEY"),
            ("InvalidAccessKeyId", "AWS_ACCESS_KEY_ID"),
            ("PermanentRedirect", "AWS_REGION"),
            ("NotImplemented", "lacks what publishing needs"),
        ] {
            let error = object_store::Error::Generic { store: "S3", source: format!("<Code>{code}</Code>").into() };
            let text = words(&told(), "list", &error).to_string();
            assert!(text.contains(advice), "{code}: {text}");
        }
    }

    #[test]
    fn a_code_is_a_word() {
        assert_eq!(code("<Code>NoSuchBucket</Code>"), "NoSuchBucket");
        assert_eq!(code("<Code>two words</Code>"), "");
        assert_eq!(status("status code: 503 Service"), Some("503"));
        assert_eq!(status("none"), None);
    }
}
