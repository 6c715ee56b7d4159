//! The columns of the four CSV tables, and a document's rows in them.

use laras_model::{Extraction, Place, Region};

/// One of the four tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TableName {
    Documents,
    Observations,
    Names,
    Findings,
}

impl TableName {
    pub(crate) const ALL: [Self; 4] =
        [Self::Documents, Self::Observations, Self::Names, Self::Findings];

    pub(crate) const fn file(self) -> &'static str {
        match self {
            Self::Documents => "documents.csv",
            Self::Observations => "observations.csv",
            Self::Names => "names.csv",
            Self::Findings => "findings.csv",
        }
    }

    pub(crate) const fn columns(self) -> &'static [&'static str] {
        match self {
            Self::Documents => &[
                "document",
                "part",
                "type",
                "variant",
                "scope",
                "year",
                "agency",
                "agency_kind",
                "region",
                "region_code",
                "province",
                "line_from",
                "line_to",
                "page_from",
                "page_to",
                "signed_place",
                "signed_date",
                "signatories",
                "confidence",
                "sha256",
            ],
            Self::Observations => &[
                "document",
                "part",
                "table",
                "page",
                "line",
                "row",
                "column",
                "row_kind",
                "name",
                "parent",
                "code",
                "indicator",
                "measure",
                "year",
                "period",
                "variant",
                "value",
                "unit",
                "raw",
                "as_of",
                "tahap",
                "confidence",
                "flags",
                "id",
            ],
            Self::Names => &[
                "document",
                "page",
                "line",
                "level",
                "name",
                "code",
                "regime",
                "official_name",
                "score",
                "status",
                "table",
                "row",
                "printed_code",
                "candidates",
                "crosswalk",
            ],
            Self::Findings => &[
                "document",
                "page",
                "line",
                "code",
                "severity",
                "subject",
                "detail",
                "origin",
                "defect",
                "culprit",
                "observations",
                "part",
                "printed",
                "computed",
                "difference",
                "suggestion",
                "confidence",
                "accepted",
                "message_id",
                "message_en",
                "id",
            ],
        }
    }

    /// The rows of a document in this table, made one by one.
    pub(crate) fn rows(self, e: &Extraction) -> Box<dyn Iterator<Item = Vec<String>> + '_> {
        match self {
            Self::Documents => Box::new(documents(e)),
            Self::Observations => Box::new(observations(e)),
            Self::Names => Box::new(names(e)),
            Self::Findings => Box::new(findings(e)),
        }
    }
}

fn number(value: u32) -> String {
    if value == 0 { String::new() } else { value.to_string() }
}

fn optional(value: Option<impl ToString>) -> String {
    value.map(|v| v.to_string()).unwrap_or_default()
}

/// Page and line; within a paged source the line of the page is of no use to a reader.
fn placed(place: &Place, e: &Extraction) -> [String; 2] {
    let paged = e.source.lines == 0;
    [number(place.page), if paged { String::new() } else { number(place.line) }]
}

fn documents(e: &Extraction) -> impl Iterator<Item = Vec<String>> + '_ {
    e.parts.iter().map(move |part| {
        let region = part.region.as_ref();
        let of_region = |get: fn(&Region) -> &String| region.map(get).cloned().unwrap_or_default();
        let signatories = part
            .signatories
            .iter()
            .map(|s| {
                serde_json::json!({
                    "name": s.name, "role": s.role, "rank": s.rank, "nip": s.nip,
                    "place": s.signed_place, "date": s.signed_date, "line": s.place.cited(),
                })
            })
            .collect::<Vec<_>>();
        vec![
            e.source.document.clone(),
            part.part.to_string(),
            part.report_type.to_string(),
            optional(part.variant),
            part.scope.clone(),
            optional(part.year),
            part.agency.clone(),
            optional(part.agency_kind),
            of_region(|r| &r.name),
            of_region(|r| &r.code),
            of_region(|r| &r.province),
            number(part.line_from),
            number(part.line_to),
            number(part.page_from),
            number(part.page_to),
            part.signed_place.clone(),
            part.signed_date.clone(),
            serde_json::Value::Array(signatories).to_string(),
            part.confidence.to_string(),
            e.source.sha256.clone(),
        ]
    })
}

fn observations(e: &Extraction) -> impl Iterator<Item = Vec<String>> + '_ {
    e.observations.iter().map(move |o| {
        let [page, line] = placed(&o.place, e);
        let flags: Vec<&str> = o.flags.iter().map(laras_model::Flag::as_str).collect();
        vec![
            e.source.document.clone(),
            o.part.to_string(),
            o.table.to_string(),
            page,
            line,
            o.row.to_string(),
            o.column.to_string(),
            o.row_kind.to_string(),
            o.name.to_string(),
            o.parent.to_string(),
            o.code.to_string(),
            o.indicator.to_string(),
            o.measure.to_string(),
            optional(o.year),
            optional(o.period),
            optional(o.variant),
            o.value.to_string(),
            o.unit.to_string(),
            o.raw.to_string(),
            o.as_of.to_string(),
            optional(o.tahap),
            o.confidence.to_string(),
            flags.join(" "),
            o.id.to_string(),
        ]
    })
}

fn names(e: &Extraction) -> impl Iterator<Item = Vec<String>> + '_ {
    e.names.iter().map(move |n| {
        let [page, line] = placed(&n.place, e);
        let candidates: Vec<&str> = n.candidates.iter().map(|c| c.code.as_str()).collect();
        vec![
            e.source.document.clone(),
            page,
            line,
            n.level.to_string(),
            n.name.to_string(),
            n.code.to_string(),
            optional(n.regime),
            n.official_name.to_string(),
            format!("{:.3}", n.score),
            n.status.to_string(),
            n.table.to_string(),
            n.row.to_string(),
            n.printed_code.to_string(),
            candidates.join(" "),
            n.crosswalk.join(" "),
        ]
    })
}

fn findings(e: &Extraction) -> impl Iterator<Item = Vec<String>> + '_ {
    e.findings.iter().map(move |f| {
        let [page, line] = placed(&f.place, e);
        let suggestion =
            f.suggestion.as_ref().map(|s| format!("{}: {} → {}", s.observation, s.from, s.to));
        vec![
            e.source.document.clone(),
            page,
            line,
            f.code.to_string(),
            f.severity.to_string(),
            f.subject.clone(),
            f.detail.clone(),
            f.origin.to_string(),
            f.defect.clone(),
            f.culprit.to_string(),
            f.observations.join(" "),
            f.part.to_string(),
            f.printed.clone(),
            f.computed.clone(),
            optional(f.difference),
            suggestion.unwrap_or_default(),
            f.confidence.to_string(),
            f.accepted.to_string(),
            f.message.id.clone(),
            f.message.en.clone(),
            f.id.clone(),
        ]
    })
}
