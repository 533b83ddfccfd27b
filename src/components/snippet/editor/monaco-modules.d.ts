/** Part of Monaco that ships without types. */
declare module 'monaco-editor/languages/definitions/typescript/typescript' {
  export const conf: import('monaco-editor/editor/editor.api').languages.LanguageConfiguration;
}
