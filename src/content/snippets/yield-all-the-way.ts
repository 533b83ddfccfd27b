// A generator has one frame, so every function
// on the way must be a generator and say yield*.
import { print } from 'interleave';

type Folder = { name: string; folders: Folder[] };
const root: Folder = {
  name: 'recipes',
  folders: [
    { name: 'soups', folders: [{ name: 'cold', folders: [] }] },
    { name: 'cakes', folders: [] },
  ],
};

function* visit(folder: Folder): Generator<string> {
  yield folder.name;
  for (const inner of folder.folders) yield* visit(inner);
}

for (const name of visit(root)) print(name);
