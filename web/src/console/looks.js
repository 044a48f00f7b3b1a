/** How the editor looks: in the colours of the page, which change with its theme. */
import { HighlightStyle } from "@codemirror/language";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

/** What the words of a query look like; a weight or slant goes with each colour that matters. */
export const colours = HighlightStyle.define([
  { tag: tags.keyword, color: "var(--keyword)", fontWeight: "600" },
  { tag: [tags.standard(tags.variableName)], color: "var(--keyword)" },
  { tag: tags.local(tags.variableName), color: "var(--variable)" },
  { tag: [tags.atom, tags.meta], color: "var(--iri)" },
  { tag: tags.string, color: "var(--string)" },
  { tag: tags.comment, color: "var(--quiet)", fontStyle: "italic" },
]);

const MONO = 'ui-monospace, "SF Mono", Menlo, Consolas, "Noto Sans Mono", monospace';

/** The frame, the list of completions, the mark under what is wrong. */
export const looks = EditorView.theme({
  "&": {
    border: "1px solid var(--control)",
    borderRadius: "6px",
    backgroundColor: "var(--paper)",
    color: "var(--ink)",
    fontSize: "0.8125rem",
  },
  "&.cm-focused": { outline: "3px solid var(--accent)", outlineOffset: "1px" },
  ".cm-scroller": {
    maxHeight: "min(42vh, 30rem)",
    overflow: "auto",
    fontFamily: `${MONO}, var(--faces)`,
    lineHeight: "1.5",
  },
  ".cm-content, .cm-gutter": { minHeight: "12rem" },
  ".cm-content": { caretColor: "var(--ink)", padding: "0.5rem 0" },
  ".cm-gutters": {
    borderRight: "1px solid var(--rule)",
    borderRadius: "6px 0 0 6px",
    backgroundColor: "var(--panel)",
    color: "var(--quiet)",
  },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: "var(--panel)", outline: "1px solid var(--control)" },
  ".wrong-line": { backgroundColor: "var(--wrong)" },
  ".wrong": { textDecoration: "underline wavy var(--bad)", textUnderlineOffset: "3px" },
  ".cm-tooltip": {
    border: "1px solid var(--control)",
    borderRadius: "6px",
    backgroundColor: "var(--paper)",
    color: "var(--ink)",
    boxShadow: "0 6px 24px rgb(0 0 0 / 18%)",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { maxHeight: "16rem", fontFamily: `${MONO}, var(--faces)` },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: "5px 8px" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": {
    backgroundColor: "var(--accent)",
    color: "var(--on-accent)",
  },
  ".cm-completionDetail": { marginLeft: "0.75rem", fontFamily: "var(--faces)", fontStyle: "normal" },
});
