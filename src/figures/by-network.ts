// Names of files and headings where one notebook draws a figure for several networks.
import { titleText, type Figure } from './theme.js';

/**
 * The stem of a figure about one network: the figure's own for the first of the networks, and with the network's name
 * for the others, so that a preset with one network has the plain names.
 *
 * @param stem - the figure's name, for example `sgs-ablation-effects`
 * @param network - the label of the network, for example `resnet19 × 0.25`
 * @param networks - the labels of all networks that the notebook draws, the main one first
 * @returns for example `sgs-ablation-effects-resnet19-0-25`
 */
export const networkStem = (stem: string, network: string, networks: readonly string[]): string =>
  network === networks[0] ? stem : `${stem}-${network.replace(/[^a-z0-9]+/gi, '-').toLowerCase()}`;

/**
 * The heading of a figure about one network in the report, where figures of several networks stand in one list.
 *
 * @param figure - its own title comes first
 * @param network - a label, as `networkLabel` gives it
 * @returns for example `Effects on test accuracy, paired by seed: resnet19 × 0.25`
 */
export const networkTitle = (figure: Figure, network: string): string =>
  [titleText(figure), network].filter(Boolean).join(': ');
