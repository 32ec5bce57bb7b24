"""A dataset for analysis: pandas frames with types, and SQL.

In: a dataset's folder. Out: an `OpenDataset`. Texts from short lists are categories, whole numbers may be missing,
days are dates, codes stay text (`201` is a name, not a number), and what is not stated is missing rather than empty.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sendparse.dataset.columns import resources
from sendparse.dataset.read import Dataset, read_dataset
from sendparse.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

    from sendparse.packs import Packs
    from sendparse.publish.compare import Comparison

_CATEGORIES = frozenset(
    {
        "council", "council_code", "region", "area_type", "kpi", "unit", "qualifier", "period_basis", "role", "benchmark",
        "trend", "rag", "source", "status", "format", "text_layer", "method", "kind", "verdict", "code",
    }
)  # fmt: skip


def open_dataset(folder: str | Path, *, packs: Packs | None = None) -> OpenDataset:
    """Open a dataset for analysis.

    Arguments: the dataset's folder; `packs`, for `compare` (the shipped patterns if left out). Returns an OpenDataset.
    Raises DatasetError when the folder is missing, incomplete or no dataset of sendparse.
    """
    return OpenDataset(dataset=read_dataset(folder), given_packs=packs)


@dataclass(kw_only=True)
class OpenDataset:
    """A dataset as pandas frames, read when first asked for, and as SQL."""

    dataset: Dataset
    given_packs: Packs | None = field(default=None, repr=False)

    @property
    def folder(self) -> Path:
        """Where the dataset lies."""
        return self.dataset.folder

    @cached_property
    def observations(self) -> pd.DataFrame:
        """One row is one figure. `value` is in the unit that `unit` names: percentages 0 to 100, money in pounds."""
        return self.frame("observations")

    @cached_property
    def documents(self) -> pd.DataFrame:
        """One row is one paper."""
        return self.frame("documents")

    @cached_property
    def checks(self) -> pd.DataFrame:
        """One row is one verdict on one figure; join on `observation_id`."""
        return self.frame("checks")

    @cached_property
    def problems(self) -> pd.DataFrame:
        """One row is one thing that could not be read or understood."""
        return self.frame("problems")

    @cached_property
    def tables(self) -> pd.DataFrame:
        """One row is one cell of one table as found."""
        return self.frame("tables")

    def frame(self, name: str) -> pd.DataFrame:
        """A resource as a frame with types: category, string, Int32, float64, datetime64."""
        import pandas as pd

        raw = self.dataset.table(name).to_pandas(date_as_object=False, integer_object_nulls=True)
        columns: dict[str, Any] = {}
        for column in resources()[name].columns:
            values = raw[column.name]
            if column.type == "string":
                texts = values.astype("string").replace("", pd.NA)
                columns[column.name] = texts.astype("category") if column.name in _CATEGORIES else texts
            elif column.type == "integer":
                columns[column.name] = values.astype("Int32")
            elif column.type == "date":
                columns[column.name] = pd.to_datetime(values)
            else:
                columns[column.name] = values
        return pd.DataFrame(columns)

    def connect(self) -> Any:
        """A DuckDB connection in memory with a view for each resource; empty text stands where nothing is stated."""
        return self.dataset.connect()

    def sql(self, query: str) -> pd.DataFrame:
        """The answer to an SQL query over `observations`, `documents`, `checks`, `problems` and `tables`."""
        with self.connect() as connection:
            frame: pd.DataFrame = connection.execute(query).df()
        return frame

    def compare(
        self, kpi: str, *, councils: list[str] | None = None, period: str = "", latest: bool = False, **more: str
    ) -> pd.DataFrame:
        """Councils side by side on one measure: one figure a row, England and others below, as `sendparse compare --long`.

        Arguments: `kpi`, the id of a measure; `councils`, names or codes; `period`, such as "2024" or "2023/24"; `latest`,
        only the newest figure of each; `basis`, `breakdown` and `role` as in the command. What was left out is in
        `frame.attrs["left_out"]`, as (reason, number). Raises InputError when a name or period means nothing.
        """
        import pandas as pd

        from sendparse.publish.layout import long_sheet

        comparison = self._comparison(kpi, councils, period, latest=latest, **more)
        sheet = long_sheet(comparison)
        frame = pd.DataFrame(sheet.rows, columns=list(sheet.heads))
        for name in ("period_start", "period_end"):
            frame[name] = pd.to_datetime(frame[name])
        for name in ("value", "value_high", "england", "difference_from_england", "confidence"):
            frame[name] = frame[name].astype("float64")
        frame["page"] = frame["page"].astype("Int32")
        texts = frame.select_dtypes(include=["object", "string"]).columns
        frame[texts] = frame[texts].replace("", pd.NA)
        frame.attrs["left_out"] = [(reason, number) for reason, _, number in comparison.reasons()]
        return frame

    def plot(
        self, kpi: str, path: str | Path, *, councils: list[str] | None = None, period: str = "", **more: str
    ) -> None:
        """Draw councils over time on one measure, England beside them, into a .svg or .png file.

        Arguments as for `compare`; of several kinds of period the one with most figures is drawn. Raises InputError when
        there is nothing to draw or the file is to be of another kind.
        """
        import vl_convert

        from sendparse.publish.report.charts import chart

        path = Path(path)
        found = self._comparison(kpi, councils, period, latest=False, **more)
        bases = Counter(figure.span.basis for figure in found.figures)
        basis = bases.most_common(1)[0][0] if bases else ""
        figures = [figure for figure in found.figures if figure.span.basis == basis]
        spec = chart(figures, found.others, found.kpi.label)
        if spec is None:
            raise InputError(kpi, "fewer than two figures can be compared", "ask for more councils or another period")
        drawn: dict[str, Any] = {**spec, "width": 720, "title": found.kpi.label, "background": "white"}
        if path.suffix == ".svg":
            path.write_text(vl_convert.vegalite_to_svg(drawn), encoding="utf-8")
        elif path.suffix == ".png":
            path.write_bytes(vl_convert.vegalite_to_png(drawn, scale=2))
        else:
            raise InputError(str(path), "a chart is drawn as .svg or .png", "give it one of these endings")

    def _comparison(
        self, kpi: str, councils: list[str] | None, period: str, *, latest: bool, **more: str
    ) -> Comparison:
        from sendparse.packs import load_packs
        from sendparse.publish.compare import compare
        from sendparse.publish.periods import read_window
        from sendparse.publish.selecting import Question

        packs = self.given_packs or load_packs()
        question = Question(
            kpi=kpi,
            councils=tuple(packs.reference.find_council(name).la_code for name in councils or ()),
            window=read_window(period) if period else None,
            latest=latest,
            **more,
        )
        return compare(self.dataset, packs, question)
