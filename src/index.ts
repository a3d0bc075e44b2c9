// The table of contents, in the order in which data flows: what a notebook needs every day. More stands under `sgs-snn/figures`,
// `sgs-snn/statistics`, `sgs-snn/engines`, `sgs-snn/interchange` and `sgs-snn/studies`, and every file under its own path.

// experiments
export { experiment, parseExperiment } from './experiment/experiment.js';
export type { Experiment, ExperimentInput } from './experiment/experiment.js';
export { experimentNetwork } from './experiment/network.js';
export type { LossInput, LossSettings } from './learning/losses/index.js';
export type { OptimizerSettings } from './learning/optimizers/index.js';
export type { BatchNormSettings } from './learning/batch-norm.js';

// methods: parts of experiments by name
export { method, METHOD_NAMES, methods, type Method, type MethodName } from './methods/index.js';
export { composeMethods } from './methods/compose.js';

// data
export { type Dataset, type Examples, type Batch } from './data/dataset.js';
export { classNames, DATASET_NAMES, type DatasetName } from './data/sets/index.js';
export { loadDataset } from './data/sets/load.js';
export { arrayDataset, type ArrayDatasetInput, type LabelledImages } from './data/sets/arrays.js';
export { downloadDataset } from './data/download/download.js';
export { splitExamples, type Split } from './data/split.js';
export { makeBatch, type BatchNoise, type BatchOptions } from './data/batches.js';
export { NOISE_DEFINITIONS } from './data/images/noise-definitions.js';
export { readAedat2 } from './data/events/aedat.js';
export { readAedat3 } from './data/events/aedat3.js';
export { readNmnist } from './data/events/nmnist.js';
export { stream, type Stream } from './random.js';

// neurons and surrogates
export { NEURON_NAMES, neurons, type NeuronName } from './neurons/index.js';
export { checkNeuron, describeNeuron } from './neurons/by-name.js';
export { lifTrace, type NeuronSettings } from './neurons/lif.js';
export { glifByStep } from './neurons/glif.js';
export type { EquationNeuronInput, NeuronInput } from './neurons/settings.js';
export { checkSurrogate, type NeuronDescription, type SurrogateDescription } from './equations/index.js';
export { SURROGATE_NAMES, surrogates, type SurrogateName } from './surrogates/index.js';
export { firingGradient, sgsScale } from './surrogates/sgs.js';

// networks
export * as layers from './network/layers.js';
export { type Layer, type Network } from './network/layers.js';
export { annTwin, buildNetwork, convNet, networkLabel, resnet19, vggsnn } from './network/architectures.js';
export type { LayerInput, OwnNetwork } from './network/own.js';
export { countParameters, parameterSpecs, type TensorMap } from './network/parameters.js';
export { countMacs } from './network/operations.js';
export { placeLayers } from './network/shapes.js';
export { initialWeights } from './network/initialise.js';
export { architectureRows } from './network/table.js';

// training and what can be asked of trained networks
export { train, type TrainSettings } from './session/train.js';
export { evaluate } from './session/evaluate.js';
export { loadModel, type LoadedModel } from './session/load-model.js';
export type { TrainProgress } from './training/options.js';
export type { Evaluation } from './measures/index.js';
export { evaluateExamples } from './measures/accuracy.js';
export { openEngine, type EngineOptions } from './engines/open.js';
export type { Engine, LayerProbe, Model, ModelSettings } from './engines/engine.js';
export { diagnose, type Diagnosis } from './diagnosis/diagnose.js';
export { diagnosisFigures } from './diagnosis/figures.js';
export { showDiagnosis } from './diagnosis/show.js';
export { diagnosisText } from './diagnosis/text.js';
export { diagnoseRun, type DiagnoseRunOptions } from './session/diagnose-run.js';
export {
  architectureFigure,
  filterImages,
  gradientFlow,
  inspect,
  lifFigure,
  look,
  potentialFigure,
  rasterFigure,
  weightHistogram,
  type LayerLook,
} from './inspection/index.js';

// sweeps and comparisons
export { sweep, sweepResults, type SweepInput, type SweepResults } from './sweep/sweep.js';
export { compare, type Comparison } from './statistics/compare.js';
export { comparisonRows, printedComparison } from './statistics/print.js';

// records
export { openRuns, type Runs } from './records/folder.js';
export { loadTrained, TRAINED, type Trained, type TrainedName } from './records/trained.js';
export type { EpochRow, EvaluationRecord, Outcome, RunRecord, StoredRecord } from './records/record.js';
export { listHeaders } from './records/index-cache.js';
export { compareRuns, summariseRuns } from './statistics/summary.js';
export { epochRows, resultRows, runRows, spikeRows } from './statistics/rows.js';
export { exportRows } from './figures/export.js';
export { dataRoot, figuresRoot, runsRoot } from './paths.js';

// interchange
export { loadWeights, saveWeights } from './interchange/weights-file.js';
export { exportNir } from './interchange/nir/export.js';
export { importNir } from './interchange/nir/import/import.js';
export { checkNir } from './interchange/nir/check.js';
export { readNir } from './interchange/nir/read.js';
export { runNir } from './interchange/nir/run.js';

// in notebooks
export {
  examplePictures,
  findings,
  initPlotly,
  markdown,
  plot,
  progressBar,
  reportProgress,
  show,
  showImages,
  table,
} from './display/index.js';
export { confusionHeatmap, learningCurves, spikeRateBars } from './studies/first-results/curves.js';
export { toTable } from './figures/table.js';
export { imageGrid } from './figures/images.js';
export { axis, theme, type Figure } from './figures/theme.js';
export { bars, line, points } from './figures/traces.js';
export { renderPng, renderSvg } from './figures/render/render.js';
export { interruptSignal } from './cell/interrupt.js';

export { DataError, SettingsError, UnsupportedError } from './errors.js';
