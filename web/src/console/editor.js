/** The editor: CodeMirror, in a shadow tree so that its styles need no leave of the policy. */
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { bracketMatching, StreamLanguage, syntaxHighlighting } from "@codemirror/language";
import { sparql } from "@codemirror/legacy-modes/mode/sparql";
import { Compartment, EditorState, Prec } from "@codemirror/state";
import { EditorView, keymap, lineNumbers } from "@codemirror/view";
import { colours, looks } from "./looks.js";
import { marks, markSpan } from "./marks.js";

/**
 * Makes the editor inside `host`; `complete` proposes what may be typed next, `run` asks, `change`
 * is told that the text is another. Returns what reads, fills, marks and names it.
 */
export function createEditor({ host, complete, run, change }) {
  const root = host.attachShadow({ mode: "open" });
  const named = new Compartment();
  const view = new EditorView({
    parent: root,
    root,
    state: EditorState.create({
      extensions: [
        Prec.highest(keymap.of([{ key: "Mod-Enter", run: () => (run(), true) }])),
        lineNumbers(),
        history(),
        bracketMatching(),
        closeBrackets(),
        autocompletion({ override: [complete], icons: false, maxRenderedOptions: 60 }),
        keymap.of([...closeBracketsKeymap, ...completionKeymap, ...historyKeymap]),
        // Escape, then Tab, leaves the editor: CodeMirror sees to it, and the page says so.
        keymap.of([...defaultKeymap, indentWithTab]),
        StreamLanguage.define(sparql),
        syntaxHighlighting(colours),
        EditorView.lineWrapping,
        EditorView.domEventHandlers({ beforeinput: typeOver }),
        looks,
        marks,
        named.of([]),
        EditorView.updateListener.of((update) => update.docChanged && change()),
      ],
    }),
  });
  return {
    text: () => view.state.doc.toString(),
    set: (text) => replace(view, text),
    focus: () => view.focus(),
    mark: (line, column) => markSpan(view, line, column),
    name: (words) => view.dispatch({ effects: named.reconfigure(namesOf(words)) }),
  };
}

function replace(view, text) {
  const changes = { from: 0, to: view.state.doc.length, insert: text };
  view.dispatch({ changes, selection: { anchor: 0 }, scrollIntoView: true });
}

/**
 * Puts what is typed in the place of the selection. A browser left to itself would keep the looks
 * of the lines that it joins in style attributes, which the policy of the page refuses.
 */
function typeOver(event, view) {
  const { from, to, empty } = view.state.selection.main;
  if (empty || event.inputType !== "insertText" || event.data === null || view.composing) return false;
  event.preventDefault();
  const typed = { userEvent: "input.type", scrollIntoView: true };
  const insert = () => view.state.update(view.state.replaceSelection(event.data), typed);
  const handlers = view.state.facet(EditorView.inputHandler);
  if (!handlers.some((handle) => handle(view, from, to, event.data, insert))) view.dispatch(insert());
  return true;
}

/** Returns what says in the language of the page what the editor and its list are. */
function namesOf(words) {
  const about = { "aria-label": words.editor, "aria-describedby": "editor-hint", spellcheck: "false", tabindex: "0" };
  return [
    EditorView.contentAttributes.of(about),
    EditorState.phrases.of({ Completions: words.completions }),
  ];
}
