/**
 * Monaco in place of the plain text box: same font, same lines, same colours. Bundled on its own (see
 * `build/editor-bundle.ts`) and imported only when a reader touches the code.
 */
import 'monaco-editor/editor/common/standaloneStrings';
import 'monaco-editor/features/codeEditor/register';
import 'monaco-editor/features/codicon/register';
import 'monaco-editor/features/bracketMatching/register';
import 'monaco-editor/features/clipboard/register';
import 'monaco-editor/features/comment/register';
import 'monaco-editor/features/cursorUndo/register';
import 'monaco-editor/features/find/register';
import 'monaco-editor/features/hover/register';
import 'monaco-editor/features/indentation/register';
import 'monaco-editor/features/linesOperations/register';
import 'monaco-editor/features/toggleTabFocusMode/register';
import 'monaco-editor/features/wordOperations/register';
import 'monaco-editor/editor/contrib/suggest/browser/suggestController';
import { editor, KeyCode, KeyMod, languages, Uri } from 'monaco-editor/editor/editor.api';
import { conf } from 'monaco-editor/languages/definitions/typescript/typescript';
import { typescriptDefaults } from 'monaco-editor/languages/features/typescript/register';
import globals from '../../../engine/library/globals.d.ts?raw';
import library from '../../../engine/library/interleave.d.ts?raw';
import dark from '../../../styles/code-dark.json' with { type: 'json' };
import light from '../../../styles/code-light.json' with { type: 'json' };
import type { LineState, tokeniseLine } from '../highlight.ts';

/** File names of the workers, beside this module; set by the bundler. */
declare const TYPESCRIPT_WORKER: string;
declare const EDITOR_WORKER: string;

/** The tokens of lines, by their text. */
export type PrintedLines = ReadonlyMap<string, languages.IToken[]>;

/** What a page asks of the editor. */
export interface EditorRequest {
  /** Element to fill; as wide and as high as the listing it covers. */
  readonly host: HTMLElement;
  readonly name: string;
  readonly text: string;
  readonly selection: readonly [start: number, end: number];
  /** Font and line height of the listing, in pixels. */
  readonly font: { readonly family: string; readonly size: number; readonly lineHeight: number };
  /** Tokens of lines as the listing has them, by the text of the line: colours until `colourBy` is called. */
  readonly printed: PrintedLines;
  onInput(text: string): void;
  onRun(): void;
  onLeave(): void;
  /** Where the caret is now, in pixels from the host's corner. */
  onCaret(left: number, top: number): void;
}

/** The open editor. */
export interface OpenEditor {
  setText(text: string): void;
  focus(): void;
  /** Put the caret there. */
  goTo(offset: number): void;
  /** Offsets of the selection, for the text box that takes over. */
  selection(): [start: number, end: number];
  close(): void;
}

/** Where a line begins, as the tokeniser sees it. */
class LineStart implements languages.IState {
  readonly state: LineState | undefined;
  constructor(state?: LineState) {
    this.state = state;
  }
  clone(): languages.IState {
    return this;
  }
  equals(other: languages.IState): boolean {
    return (
      other instanceof LineStart &&
      (other.state === this.state || Boolean(this.state?.equals(other.state as never)))
    );
  }
}

/** Brackets in the colour of the text, as in the listing, however deep they are nested. */
const oneColourOfBrackets = (colour: string) =>
  Object.fromEntries(
    [1, 2, 3, 4, 5, 6].map((depth) => [`editorBracketHighlight.foreground${depth}`, colour]),
  );

/** Lines whose colours are known before the tokeniser is there. */
const printed = new Map<string, languages.IToken[]>();
const anywhere = new LineStart();
const plain = [{ startIndex: 0, scopes: '' }];

/** From now on the tokeniser colours every editor, those that are open too. */
export function colourBy(tokenise: typeof tokeniseLine): void {
  languages.setTokensProvider('typescript', {
    getInitialState: () => new LineStart(),
    tokenize(line, state) {
      const { tokens, endState } = tokenise(line, (state as LineStart).state);
      return { tokens, endState: new LineStart(endState) };
    },
  });
}

let prepared = false;

function prepare(): void {
  if (prepared) return;
  prepared = true;
  const address = (file: string) => new URL(file, import.meta.url);
  Object.assign(globalThis, {
    MonacoEnvironment: {
      getWorker: (_: unknown, label: string) =>
        new Worker(address(label === 'typescript' ? TYPESCRIPT_WORKER : EDITOR_WORKER)),
    },
  });
  languages.register({ id: 'typescript', extensions: ['.ts'] });
  languages.setLanguageConfiguration('typescript', conf);
  languages.setTokensProvider('typescript', {
    getInitialState: () => anywhere,
    tokenize: (line) => ({ tokens: printed.get(line) ?? plain, endState: anywhere }),
  });
  typescriptDefaults.setCompilerOptions({
    target: 99,
    module: 99,
    moduleResolution: 2,
    moduleDetection: 3,
    lib: ['esnext'],
    strict: true,
    allowNonTsExtensions: true,
  });
  typescriptDefaults.addExtraLib(library, 'file:///node_modules/interleave/index.d.ts');
  typescriptDefaults.addExtraLib(globals, 'file:///globals.d.ts');
  for (const [name, theme, base] of [
    ['interleave-light', light, 'vs'],
    ['interleave-dark', dark, 'vs-dark'],
  ] as const) {
    editor.defineTheme(name, {
      base,
      inherit: true,
      colors: {
        ...theme.colors,
        ...oneColourOfBrackets(theme.colors['editor.foreground']),
        'editorSuggestWidget.selectedForeground': theme.colors['editor.foreground'],
        'editorSuggestWidget.highlightForeground': theme.colors.focusBorder,
        'editorSuggestWidget.focusHighlightForeground': theme.colors.focusBorder,
        'editor.background': '#00000000',
        'editor.lineHighlightBackground': '#00000000',
      },
      rules: [
        { token: '', foreground: theme.colors['editor.foreground'].slice(1) },
        ...theme.tokenColors.flatMap(({ name: rule, settings }) =>
          rule
            ? [
                {
                  token: rule.split(' ')[0] ?? rule,
                  foreground: settings.foreground.slice(1),
                  fontStyle: 'fontStyle' in settings ? (settings.fontStyle ?? '') : '',
                },
              ]
            : [],
        ),
      ],
    });
  }
  const follow = () =>
    editor.setTheme(
      document.documentElement.dataset.theme === 'dark' ? 'interleave-dark' : 'interleave-light',
    );
  new MutationObserver(follow).observe(document.documentElement, { attributeFilter: ['data-theme'] });
  follow();
}

/** Models outlive their editors, so that undo still works after leaving and coming back. */
function modelOf(name: string, text: string): editor.ITextModel {
  const uri = Uri.parse(`file:///${name}.ts`);
  const model = editor.getModel(uri) ?? editor.createModel(text, 'typescript', uri);
  if (model.getValue() !== text) model.setValue(text);
  model.setEOL(editor.EndOfLineSequence.LF);
  model.updateOptions({ tabSize: 2, insertSpaces: true });
  return model;
}

/** TypeScript takes a text for one file: where it holds several, only its syntax is checked here, and the rest when it is run. */
function checkMeaning(text: string): void {
  const noSemanticValidation = /^\/\/ @filename: /m.test(text);
  if (typescriptDefaults.getDiagnosticsOptions().noSemanticValidation === noSemanticValidation) return;
  typescriptDefaults.setDiagnosticsOptions({ noSemanticValidation });
}

/** Put the editor in place. The host's height follows the text. */
export function openEditor(request: EditorRequest): OpenEditor {
  for (const [line, tokens] of request.printed) printed.set(line, tokens);
  prepare();
  const { host, font } = request;
  const model = modelOf(request.name, request.text);
  const view = editor.create(host, {
    model,
    ariaLabel: 'Code',
    automaticLayout: true,
    bracketPairColorization: { enabled: false },
    fixedOverflowWidgets: true,
    folding: false,
    fontFamily: font.family,
    fontLigatures: false,
    fontSize: font.size,
    glyphMargin: false,
    guides: { indentation: false },
    hideCursorInOverviewRuler: true,
    lineDecorationsWidth: 0,
    lineHeight: font.lineHeight,
    lineNumbers: 'off',
    lineNumbersMinChars: 0,
    matchBrackets: 'always',
    minimap: { enabled: false },
    occurrencesHighlight: 'off',
    overviewRulerBorder: false,
    overviewRulerLanes: 0,
    padding: { top: 0, bottom: 0 },
    renderLineHighlight: 'none',
    scrollBeyondLastLine: false,
    scrollBeyondLastColumn: 2,
    scrollbar: {
      vertical: 'hidden',
      horizontal: 'hidden',
      handleMouseWheel: false,
      alwaysConsumeMouseWheel: false,
    },
    selectionHighlight: false,
    stickyScroll: { enabled: false },
    tabFocusMode: true,
    unicodeHighlight: { ambiguousCharacters: false },
    wordBasedSuggestions: 'off',
    wordWrap: 'off',
  });
  const [start, end] = request.selection;
  view.setSelection({
    startLineNumber: model.getPositionAt(start).lineNumber,
    startColumn: model.getPositionAt(start).column,
    endLineNumber: model.getPositionAt(end).lineNumber,
    endColumn: model.getPositionAt(end).column,
  });
  checkMeaning(request.text);
  const input = model.onDidChangeContent(() => {
    checkMeaning(model.getValue());
    request.onInput(model.getValue());
  });
  view.onDidChangeCursorPosition(({ position }) => {
    const at = view.getScrolledVisiblePosition(position);
    if (at) request.onCaret(at.left, at.top);
  });
  view.addCommand(KeyMod.CtrlCmd | KeyCode.Enter, () => request.onRun());
  view.addCommand(KeyCode.Escape, () => request.onLeave(), '!suggestWidgetVisible && !findWidgetVisible');
  view.focus();
  return {
    setText: (text) => {
      if (model.getValue() !== text)
        model.pushEditOperations(null, [{ range: model.getFullModelRange(), text }], () => null);
    },
    focus: () => view.focus(),
    goTo: (offset) => {
      view.setPosition(model.getPositionAt(offset));
      view.focus();
    },
    selection: () => {
      const range = view.getSelection();
      return range
        ? [model.getOffsetAt(range.getStartPosition()), model.getOffsetAt(range.getEndPosition())]
        : [0, 0];
    },
    close: () => {
      input.dispose();
      view.dispose();
    },
  };
}
