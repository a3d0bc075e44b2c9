import test from 'ava';
import { areAsAlone } from '../../helpers/alone.js';

test('in inference an example has the bits that it has alone, whatever else is in the batch: 12 seeds', (t) =>
  areAsAlone(t, 12));
