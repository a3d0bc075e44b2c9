// Has V8 compile WebAssembly by its optimising compiler at once, so that short tests run the code that long trainings
// do: only that compiler joins vectors (src/engines/event/vectors.ts). Give it to Node with --import.
import { setFlagsFromString } from 'node:v8';
setFlagsFromString('--no-liftoff');
