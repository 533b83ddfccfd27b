// The menu is made when somebody first asks for it. It should be made once.
import { assert, print, Thread } from 'interleave';

let menu: string[] | null = null;
let made = 0;

const makeMenu = () => {
  made++;
  return ['soup', 'cake'];
};
const theMenu = (): string[] => {
  if (menu === null) {
    menu = makeMenu();
  }
  return menu;
};

const ann = new Thread(() => theMenu());
const ben = new Thread(() => theMenu());
const same = ann.join() === ben.join();

print('made', made, 'times; the same for both:', same);
assert(made === 1 && same, 'two menus are in the house');
