//! Reasons to doubt an observation.

words! {
    /// A code that explains a lower confidence.
    pub enum Flag {
        /// The printed number is damaged and was reconstructed.
        NumberMalformed = "number.malformed",
        /// Two readings of the number stand equally well.
        NumberAmbiguous = "number.ambiguous",
        /// A scale (thousands, millions) was applied because other evidence agrees.
        NumberScaled = "number.scaled",
        /// The value stands on a neighbouring row or column.
        RowDisplaced = "row.displaced",
        /// The row was put together from pieces.
        RowJoined = "row.joined",
        /// The row has another number of cells than the table; its cells were aligned.
        RowAligned = "row.aligned",
        /// Two alignments of the row stand almost equally well.
        RowUnsure = "row.unsure",
        /// The name was carried down from a merged cell.
        NameCarried = "name.carried",
        /// The name was joined over a line or page break.
        NameJoined = "name.joined",
        /// The name was cut out of a cell that holds several.
        NameSplit = "name.split",
        /// The name is cut off.
        NameTruncated = "name.truncated",
        /// The row prints no name; a standard one was given.
        NameMissing = "name.missing",
        /// The column's meaning was guessed from weak evidence.
        RoleGuessed = "role.guessed",
        /// The year is the report's, not the table's.
        YearAssumed = "year.assumed",
        /// The unit does not fit the indicator.
        UnitMismatch = "unit.mismatch",
        /// A value expected or estimated, not yet realised.
        ValueProjected = "value.projected",
        /// Part of the period is booked as the whole.
        PeriodPartial = "period.partial",
        /// An equation of the table does not hold with this value.
        EquationBroken = "equation.broken",
        /// Another table states another value for the same thing.
        ConflictTable = "conflict.table",
        /// Glyphs without a known character were seen here.
        TextUnknownGlyph = "text.unknown_glyph",
        /// The text layer was repaired (spaces moved) by evidence.
        TextRepaired = "text.repaired",
    }
}
