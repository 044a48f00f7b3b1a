/** The mark under what the server found wrong; it goes with the next change. */
import { StateEffect, StateField } from "@codemirror/state";
import { Decoration, EditorView } from "@codemirror/view";

const wrong = StateEffect.define();
const line = Decoration.line({ class: "wrong-line" });
const word = Decoration.mark({ class: "wrong", attributes: { "aria-invalid": "true" } });

/** The extension that holds the mark. */
export const marks = StateField.define({
  create: () => Decoration.none,
  update(old, { docChanged, effects, state }) {
    const asked = effects.find((each) => each.is(wrong));
    if (asked) return asked.value ? decorations(state.doc, asked.value) : Decoration.none;
    return docChanged ? Decoration.none : old;
  },
  provide: (field) => EditorView.decorations.from(field),
});

/** Marks what stands at `line` and `column`, counted from 1, and goes there; without, unmarks. */
export function markSpan(view, line, column) {
  if (line === undefined) return view.dispatch({ effects: wrong.of(null) });
  const span = spanAt(view.state.doc, line, column);
  view.dispatch({
    effects: [wrong.of(span), EditorView.scrollIntoView(span.from, { y: "center" })],
    selection: { anchor: span.from },
  });
}

/** Returns from where to where a mark goes: the word there, or the last one before it. */
function spanAt(doc, number, column) {
  const { from, text } = doc.line(Math.min(Math.max(number, 1), doc.lines));
  // The server counts characters, the editor the halves of pairs too.
  const start = [...text].slice(0, Math.max(column - 1, 0)).join("").length;
  const here = /^(?:[\p{L}\p{N}_:?$-]+|\S)/u.exec(text.slice(start))?.[0];
  if (here) return { from: from + start, to: from + start + here.length };
  const before = text.slice(0, start).trimEnd();
  const last = /(?:[\p{L}\p{N}_:?$-]+|\S)$/u.exec(before)?.[0] ?? "";
  return { from: from + before.length - last.length, to: from + before.length };
}

function decorations(doc, { from, to }) {
  const ranges = [line.range(doc.lineAt(from).from)];
  if (to > from) ranges.push(word.range(from, to));
  return Decoration.set(ranges);
}
