/** Follows a link to a section that has moved, to the page where it is now; what a shared link holds goes along. */

function follow(): void {
  const [id = ''] = location.hash.slice(1).split('~');
  const link = document.getElementById(decodeURIComponent(id))?.closest('.moved')?.querySelector('a');
  if (link) location.replace(new URL(location.hash, link.href));
}

addEventListener('hashchange', follow);
follow();
