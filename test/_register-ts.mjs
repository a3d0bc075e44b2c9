// Lets ava's worker threads import TypeScript sources: tsx's own --import hook skips worker threads on Node 20.
import { register } from 'tsx/esm/api';
register();
