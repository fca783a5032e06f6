"""What a report counts as: the one place that says how its columns become cells of the rollup."""

from dataclasses import dataclass

from reports.models import Basis, Cuboid

# The report's moment for each basis. A report without it is in no count on that basis.
MOMENTS = {Basis.REPORTED: "reported_at", Basis.OCCURRED: "occurred_from"}
ANONYMOUS, NAMED = "anonymous", "named"

_CODES = (
    "(SELECT string_agg(DISTINCT f.code, ' ' ORDER BY f.code) FROM reports_codedfact f"
    " WHERE f.report_id = r.id AND f.kind = '{kind}')"
)
# The value in each cuboid, as SQL on a report r; NULL for a report that the cuboid does not hold. A report with several
# codes has one value that names them all, so that it is counted once whatever is asked.
VALUES = {
    Cuboid.CHANNEL: f"CASE WHEN r.is_anonymous THEN '{ANONYMOUS}' ELSE '{NAMED}' END",
    Cuboid.STATE: "r.state",
    Cuboid.LANGUAGE: "r.language",
    Cuboid.BIAS: _CODES.format(kind="bias"),
    Cuboid.OFFENCE: _CODES.format(kind="offence"),
}
BETWEEN = "/"


@dataclass(frozen=True)
class Kind:
    """Which values are read: those of a cuboid, or a language beside them, which no rollup keeps."""

    cuboid: Cuboid
    with_language: bool = False

    @property
    def is_kept(self) -> bool:
        """Whether the rollup has it. Else it is counted from the reports themselves, which takes longer."""
        return not self.with_language

    @property
    def sql(self) -> str:
        """The value as SQL on a report r."""
        own = VALUES[self.cuboid]
        return f"r.language || '{BETWEEN}' || {own}" if self.with_language else own
