/** Filters a list in place by words and topic. The query stands in the address, so that a search can be sent to someone. */

for (const form of document.querySelectorAll<HTMLFormElement>('[data-filter]')) {
  const items = [...document.querySelectorAll<HTMLElement>(`#${form.dataset.filter} > *`)];
  const words = form.elements.namedItem('words') as HTMLInputElement;
  const topic = form.elements.namedItem('topic') as HTMLSelectElement | null;
  const status = form.querySelector('[role="status"]') as HTMLElement;

  const apply = () => {
    const wanted = words.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const item of items) {
      const text = item.textContent?.toLowerCase() ?? '';
      const inTopic = !topic?.value || (item.dataset.topics ?? '').split('|').includes(topic.value);
      item.hidden = !(inTopic && wanted.every((word) => text.includes(word)));
      if (!item.hidden) shown++;
    }
    status.textContent =
      shown === items.length
        ? `${shown} ${form.dataset.noun}`
        : `${shown} of ${items.length} ${form.dataset.noun}`;
    const query = new URLSearchParams();
    if (words.value) query.set('q', words.value);
    if (topic?.value) query.set('topic', topic.value);
    const search = query.size ? `?${query}` : '';
    if (search !== location.search)
      history.replaceState(null, '', location.pathname + search + location.hash);
  };

  const query = new URLSearchParams(location.search);
  words.value = query.get('q') ?? '';
  if (topic)
    topic.value = [...topic.options].some(({ value }) => value === query.get('topic'))
      ? (query.get('topic') ?? '')
      : '';
  form.hidden = false;
  form.addEventListener('input', apply);
  form.addEventListener('submit', (event) => event.preventDefault());
  if (location.search) apply();
}
