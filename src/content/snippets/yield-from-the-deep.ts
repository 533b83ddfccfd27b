// A fiber has a stack of its own, so a function far
// down can give way without its callers knowing.
import { Fiber, print } from 'interleave';

type Folder = { name: string; folders: Folder[] };
const root: Folder = {
  name: 'recipes',
  folders: [
    { name: 'soups', folders: [{ name: 'cold', folders: [] }] },
    { name: 'cakes', folders: [] },
  ],
};

const visit = (folder: Folder) => {
  Fiber.yield(folder.name);
  folder.folders.forEach(visit);
};

const walk = new Fiber(() => visit(root));
let step = walk.resume();
while (!step.done) {
  print(step.value);
  step = walk.resume();
}
