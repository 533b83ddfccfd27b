// Two offices, two workers in each. Every worker puts one folder into the cupboard of the office.
import { machine, Process, print, Thread } from 'interleave';

machine({ cores: 1 });

let cupboard = 0; // written once, and there is one in each office

const worker = () => {
  cupboard++;
};

const office = (name: string) =>
  new Process(
    () => {
      new Thread(worker, { name: `${name}: Ann` }).join();
      new Thread(worker, { name: `${name}: Ben` }).join();
      print(name, 'has', cupboard, 'folders');
    },
    { name },
  );

office('office A').wait();
office('office B').wait();
print('the lobby has', cupboard, 'folders');
