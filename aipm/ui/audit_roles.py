"""Who plays which role in the audit: the choices, already made as suggested, and the specification they amount to."""

import streamlit as st

from aipm.content.visible import distinct, visible
from aipm.fairness.columns import MOST_ANSWERS
from aipm.fairness.roles import Suggestion, probable_yes
from aipm.fairness.spec import AuditSpec
from aipm.tables import Refusal
from aipm.tables.table import Table
from aipm.ui.audit_texts import Field, RoleTexts
from aipm.ui.memo import once
from aipm.ui.safe import markdown
from aipm.ui.state import Kept, kept

PAGE = "bias_audit"


def choose(table: Table, suggested: Suggestion, spec: AuditSpec, *, token: str, texts: RoleTexts) -> AuditSpec:
    """Draw the choices, `spec` filled in; give the specification they amount to. Raises Refusal for unusable edges."""
    draw = _Draw(table, suggested, spec, token, texts)
    who, decision, outcome = st.columns(3, gap="medium")
    with who:
        groups = draw.groups()
    with decision:
        prediction, prediction_positive = draw.answer(
            texts.prediction, texts.prediction_yes, "prediction", spec.prediction, spec.prediction_positive
        )
    with outcome:
        label, label_positive = draw.answer(texts.label, texts.label_yes, "label", spec.label, spec.label_positive)
    with who:
        favourable = draw.option(texts.favourable, "favourable", texts.favourable_options, spec.favourable)
    with outcome:
        worse = draw.choice(texts.worse, "worse", texts.worse_options, spec.worse_error or "none") if label else "none"
    with decision:
        score = draw.column(texts.score, "score", suggested.could_score, spec.score)
        threshold = draw.threshold(spec) if score and not prediction else None
    with st.expander(texts.more, icon=":material/tune:"):
        left, right = st.columns(2, gap="medium")
        with left:
            rule = draw.option(
                texts.reference,
                "reference",
                texts.reference_options,
                "named" if spec.reference else spec.reference_rule,
            )
            named = tuple((group, draw.named(group)) for group in groups) if rule == "named" else ()
            tolerance = st.slider(
                texts.tolerance.label,
                0.5,
                0.99,
                spec.tolerance,
                0.01,
                help=texts.tolerance.help,
                **draw.kept("tolerance"),
            )
            depth = draw.depth(len(groups))
        with right:
            bins = tuple(edges for group in groups if (edges := draw.bins(group)) is not None)
            weight = draw.column(texts.weight, "weight", suggested.could_weigh, spec.weight)
            cluster = draw.column(texts.cluster, "cluster", suggested.could_cluster, spec.cluster)
    return AuditSpec(
        groups=groups,
        label=label,
        prediction=prediction,
        score=score,
        threshold=threshold,
        weight=weight,
        cluster=cluster,
        label_positive=label_positive,
        prediction_positive=prediction_positive,
        favourable="negative" if favourable == "negative" else "positive",
        worse_error="false_positive"
        if worse == "false_positive"
        else "false_negative"
        if worse == "false_negative"
        else None,
        depth=depth,
        reference=named,
        reference_rule="highest" if rule == "highest" else "overall" if rule == "overall" else "largest",
        tolerance=tolerance,
        bins=bins,
    )


class _Draw:
    """The widgets of one open file: every name carries its token, so that each file starts from its own suggestions."""

    def __init__(self, table: Table, suggested: Suggestion, spec: AuditSpec, token: str, texts: RoleTexts) -> None:
        self.table, self.suggested, self.spec, self.token, self.texts = table, suggested, spec, token, texts

    def kept(self, name: str) -> Kept:
        return kept(PAGE, f"{self.token}.{name}")

    def groups(self) -> tuple[str, ...]:
        field = self.texts.groups
        could = list(dict.fromkeys([*self.spec.groups, *self.suggested.could_group]))
        return tuple(
            st.multiselect(
                field.label,
                could,
                default=list(self.spec.groups),
                format_func=distinct(could),
                max_selections=self.texts.most_groups,
                help=field.help,
                **self.kept("groups"),
            )
        )

    def column(self, field: Field, name: str, among: tuple[str, ...], suggested: str | None) -> str | None:
        options = list(dict.fromkeys([*([suggested] if suggested else []), *among]))
        return st.selectbox(
            field.label,
            options,
            index=0 if suggested else None,
            placeholder=self.texts.none,
            format_func=distinct(options),
            help=field.help,
            **self.kept(name),
        )

    def answer(
        self, field: Field, yes: Field, name: str, suggested: str | None, positive: tuple[str, ...]
    ) -> tuple[str | None, tuple[str, ...]]:
        """A column that says yes or no, and which of its values mean yes."""
        column = self.column(field, name, self.suggested.could_answer, suggested)
        if column is None:
            return None, ()
        values = once(PAGE, f"values.{name}", (self.table.fingerprint, self.token, column), lambda: self.values(column))
        default = (
            [value for value in values if value in positive]
            if column == suggested and positive
            else list(probable_yes(values))
        )
        chosen = st.multiselect(
            yes.label,
            values,
            default=default,
            format_func=distinct(values),
            help=yes.help,
            **self.kept(f"{name}.{column}.yes"),
        )
        return column, tuple(chosen)

    def values(self, column: str) -> list[str]:
        """A column's different values, the most frequent first; spellings that mean the same stand together as one."""
        from aipm.fairness.answers import folded, trimmed

        cell = self.table.column(column)
        found = self.table.query(
            f"SELECT {cell} AS v, count(*) AS n FROM cells GROUP BY v ORDER BY n DESC, v LIMIT {4 * MOST_ANSWERS}"
        )
        first: dict[str, str] = {}
        for value in found.column("v").to_pylist():
            word = folded(value)
            if word is not None:
                first.setdefault(word, trimmed(value))
        return list(first.values())[:MOST_ANSWERS]

    def option(self, field: Field, name: str, options: dict[str, str], chosen: str) -> str:
        label = options.__getitem__
        found = st.segmented_control(
            field.label,
            list(options),
            default=chosen,
            format_func=label,
            required=True,
            help=field.help,
            **self.kept(name),
        )
        return str(found)

    def choice(self, field: Field, name: str, options: dict[str, str], chosen: str) -> str:
        """Like `option`, for answers too long to stand side by side in a narrow column."""
        keys = list(options)
        return str(
            st.selectbox(
                field.label,
                keys,
                index=keys.index(chosen),
                format_func=lambda each: visible(options[each]),
                help=field.help,
                **self.kept(name),
            )
        )

    def threshold(self, spec: AuditSpec) -> float:
        field = self.texts.threshold
        return st.slider(
            field.label,
            0.0,
            1.0,
            spec.threshold if spec.threshold is not None else 0.5,
            0.01,
            help=field.help,
            **self.kept("threshold"),
        )

    def named(self, column: str) -> str | None:
        field = self.texts.named
        values: list[str | None] = [*self.values(column)]
        named = dict(self.spec.reference).get(column)
        return st.selectbox(
            field.label.format(column=markdown(column)),
            values,
            index=values.index(named) if named in values else 0,
            format_func=distinct(values, written=lambda value: visible(value or "")),
            help=field.help,
            **self.kept(f"named.{column}"),
        )

    def depth(self, groups: int) -> int:
        field, options = self.texts.depth, self.texts.depth_options
        most = max(min(groups, len(options)), 1)
        if most == 1:
            return 1
        return int(
            st.segmented_control(
                field.label,
                range(1, most + 1),
                default=min(max(self.spec.depth, 1), most),
                format_func=options.__getitem__,
                required=True,
                help=field.help,
                **self.kept(f"depth.{most}"),
            )
        )

    def bins(self, column: str) -> tuple[str, tuple[float, ...]] | None:
        """The edges of a numeric group column as the person wrote them; None where they are to be worked out."""
        kind = next((each.kind for each in self.suggested.types if each.name == column), "text")
        if kind not in ("number", "whole_number"):
            return None
        field = self.texts.bins
        default = ", ".join(f"{edge:.12g}" for edge in dict(self.spec.bins).get(column, ()))
        written = st.text_input(
            field.label.format(column=markdown(column)), default, help=field.help, **self.kept(f"bins.{column}")
        )
        if not written.strip():
            return None
        try:
            return column, tuple(float(edge) for edge in written.replace(";", ",").split(","))
        except ValueError:
            raise Refusal(
                "bad_edges", "The edges are not numbers.", advice="Write them with commas between: 25, 45, 65."
            ) from None
