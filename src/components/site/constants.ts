/** The id of a page's title, which Starlight's skip link and table of contents point at. */
export const PAGE_TITLE_ID = '_top';
