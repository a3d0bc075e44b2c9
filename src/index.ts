// The table of contents, in the order in which data flows: data → network → training → records → figures.

// settings of an experiment
export {
  experiment,
  parseExperiment,
  type Experiment,
  type ExperimentInput,
} from './experiment/experiment.js';
export { experimentNetwork } from './experiment/network.js';
export { type Dataset, type Examples, type Batch, type Normalisation } from './data/dataset.js';
export { type DataSettings } from './data/settings.js';
export { classNames, DATASET_NAMES, dataTitle, type DatasetName } from './data/sets/index.js';
export { defaultLoss, type LossInput, type LossSettings, type LossTerm } from './learning/losses/index.js';
export { learningRateAt, type ScheduleSettings } from './learning/schedule.js';
export { defaultAdam, defaultSgd, type OptimizerSettings } from './learning/optimizers/index.js';
export { defaultBatchNorm, type BatchNormSettings } from './learning/batch-norm.js';
export {
  defaultLipschitz,
  type LipschitzSettings,
  type ParsevalSettings,
} from './learning/regularisers/index.js';
export {
  describeFound,
  networksOf,
  PRESET_NAMES,
  recordOf,
  recordsOf,
  type FoundRecords,
  type PresetName,
} from './sweep/presets/presets.js';
export { type Trial } from './sweep/presets/plan.js';
export { presetTrials, trialsOf } from './studies/trials.js';
export { predictedChange } from './measures/gradient-change.js';
export { loadDataset } from './data/sets/load.js';
export { arrayDataset, type ArrayDatasetInput, type LabelledImages } from './data/sets/arrays.js';
export { downloadDataset } from './data/download/download.js';
export { splitExamples, type Split } from './data/split.js';
export { epochOrder, makeBatch, type BatchNoise, type BatchOptions } from './data/batches.js';
export { NOISE_DEFINITIONS, type NoiseDefinition } from './data/images/noise-definitions.js';
export { type EventStream } from './data/events/events.js';
export { readAedat2 } from './data/events/aedat.js';
export { readAedat3 } from './data/events/aedat3.js';
export { readNmnist } from './data/events/nmnist.js';
export { stream, type Purpose, type Stream } from './random.js';

// networks
export * as layers from './network/layers.js';
export { type Layer, type Network } from './network/layers.js';
export { countParameters, parameterSpecs, type TensorMap } from './network/parameters.js';
export { placeLayers } from './network/shapes.js';
export { countMacs, exactMacs } from './network/operations.js';
export {
  annTwin,
  buildNetwork,
  convNet,
  type NetworkSpec,
  networkLabel,
  resnet19,
  vggsnn,
} from './network/architectures.js';
export type { LayerInput, OwnNetwork } from './network/own.js';
export type { ReadoutSettings } from './network/readout.js';
export { initialWeights } from './network/initialise.js';
export {
  checkSurrogate,
  type LearnedParameter,
  type NeuronCheck,
  type NeuronCheckOptions,
  type NeuronDescription,
  type SurrogateCheck,
  type SurrogateCheckOptions,
  type SurrogateDescription,
} from './equations/index.js';
export { checkNeuron, describeNeuron } from './neurons/by-name.js';
export { glifByStep } from './neurons/glif.js';
export { NEURON_NAMES, neurons, type NeuronName } from './neurons/index.js';
export type { EquationNeuron, EquationNeuronInput, NeuronChoice, NeuronInput } from './neurons/settings.js';
export {
  defaultNeuron,
  lifDescription,
  lifStep,
  lifTrace,
  type LifInForce as NeuronSettings,
} from './neurons/lif.js';
export { firingGradient, sgsScale } from './surrogates/sgs.js';
export { SURROGATE_NAMES, surrogates, type SurrogateName } from './surrogates/index.js';
export { type Delta, deltaOf } from './surrogates/delta.js';
export type { SurrogateParameter } from './surrogates/parameter.js';
export { type Scheduled, scheduledAt } from './surrogates/schedules.js';
export {
  surrogateParameter,
  type NamedSurrogate,
  type SurrogateInput,
  type SurrogateSettings,
} from './surrogates/settings.js';

// engines and training
export { openEngine, type EngineOptions } from './engines/open.js';
export type {
  Engine,
  Evaluation as ModelEvaluation,
  LayerActivity,
  LayerProbe,
  Model,
  ModelSettings,
  ModelState,
  Numerics,
  Tuning,
} from './engines/engine.js';
export { prepareRun, type PreparedRun } from './training/prepare.js';
export { type TrainOptions, type TrainProgress } from './training/train.js';
export { train, type TrainSettings } from './session/train.js';
export { evaluate } from './session/evaluate.js';
export { loadModel, type LoadedModel } from './session/load-model.js';
export { diagnoseRun, type DiagnoseRunOptions } from './session/diagnose-run.js';
export { confusionMatrix, evaluateExamples, type EvaluationSummary } from './measures/accuracy.js';
export { evaluateRun, type Evaluation } from './training/evaluate-run.js';
export {
  DATAFLOWS,
  MEMORY_WORD,
  memoryEnergy,
  WORDS_PER_OPERATION,
  type MemoryEnergy,
} from './measures/memory-energy.js';
export { layerCurvatures, type CurvatureOptions, type LayerCurvature } from './measures/curvature.js';
export {
  cosineWith,
  finiteDifference,
  type FiniteDifference,
  type FiniteDifferenceOptions,
} from './measures/finite-difference.js';
export { allEnergies, energyOf, layerEnergies, meanRate, PICOJOULE } from './measures/energy.js';

// diagnosis
export { diagnose, type DiagnoseOptions, type Diagnosis, type DiagnosisRow } from './diagnosis/diagnose.js';
export { type Facts } from './diagnosis/facts.js';
export { diagnosisFigures } from './diagnosis/figures.js';
export { showDiagnosis } from './diagnosis/show.js';
export { diagnosisText } from './diagnosis/text.js';
export { type Coverage, coverage } from './measures/coverage.js';
export { type GradientNoise, gradientNoise } from './measures/gradient-noise.js';

// sweeps
export {
  sweep,
  sweepResults,
  type Axis,
  type Best,
  type Constraint,
  type Range,
  type Search,
  type SweepInput,
  type SweepOptions,
  type SweepResults,
} from './sweep/sweep.js';

// looking inside
export {
  filterImages,
  gradientFlow,
  inspect,
  look,
  potentialFigure,
  rasterFigure,
  weightHistogram,
  type LayerLook,
} from './inspection/index.js';
export { show } from './display/show.js';

// records
export { openRuns, type Runs } from './records/folder.js';
export { loadTrained, TRAINED, type Trained, type TrainedName } from './records/trained.js';
export type { EpochRow, EvaluationRecord, Outcome, RunRecord, StoredRecord } from './records/record.js';
export { decodeSafetensors, encodeSafetensors, weightsDigest } from './records/safetensors.js';
export { loadWeights, saveWeights, WEIGHT_NAMES, type WeightNames } from './interchange/weights-file.js';
export { exportNir, type NirExport, type NirExportOptions } from './interchange/nir/export.js';
export { type NirVerdict, type NirVerdictRow, nirVerdicts } from './interchange/nir/verdicts.js';
export { stateDictNames, type StateDictNames } from './interchange/state-dict.js';
export { checkNir, type NirCheck } from './interchange/nir/check.js';
export { type NirConventions } from './interchange/nir/conventions.js';
export { type NirFinding } from './interchange/nir/finding.js';
export { type NirArray, type NirGraph, type NirMetadata, type NirNode } from './interchange/nir/graph.js';
export { importNir, type ImportedNetwork } from './interchange/nir/import/import.js';
export { decodeNir, readNir } from './interchange/nir/read.js';
export {
  runNir,
  type NirInput,
  type NirRun,
  type NirRunOptions,
  type NirTrace,
} from './interchange/nir/run.js';
export { headerOf, type Header, type RunHeader } from './records/header.js';
export { listHeaders, type HeaderListing } from './records/index-cache.js';
export { compareRuns, summariseRuns } from './statistics/summary.js';
export { compare, type CompareSettings, type ComparedGroup, type Comparison } from './statistics/compare.js';
export { comparisonRows, printedComparison } from './statistics/print.js';
export { selectRuns, settingAt, sweptSettings } from './statistics/settings.js';
export { EXPORT_FORMATS, exportRows, type ExportFormat } from './figures/export.js';
export { epochRows, resultRows, runRows, spikeRows } from './statistics/rows.js';
export { importRecords, type ImportedFile } from './records/import.js';
export { dataRoot, figuresRoot, paperRoot, runsRoot } from './paths.js';

// tables and figures
export { formatNumber, toCsv, toHtml, toMarkdown, toTable } from './figures/table.js';
export {
  interval,
  mean,
  pairedDifference,
  sd,
  smallestEffect,
  unpairedDifference,
  type Interval,
} from './statistics/interval.js';
export { bootstrapInterval, pairedBootstrap, type BootstrapSettings } from './statistics/bootstrap.js';
export { cohenDz, hedgesG } from './statistics/effect.js';
export { holm } from './statistics/holm.js';
export { pairedTTest, signFlipTest, tTestOf } from './statistics/significance.js';
export { hasInterval } from './statistics/few.js';
export { pText } from './statistics/p-text.js';
export { withTests } from './statistics/tested.js';
export {
  gapOf,
  groupSeeds,
  pairedBySeed,
  spreadOf,
  testAccuracyOf,
  type SeedGroup,
  type Spread,
} from './statistics/seeds.js';
export { sameSetting, verdict } from './statistics/verdict.js';
export { axis, label, PALETTE, theme, type Figure } from './figures/theme.js';
export { band, bars, line, points } from './figures/traces.js';
export { heatmap } from './figures/heatmap.js';
export { imageGrid, type Picture } from './figures/images.js';
export { readPaper, type PaperFile } from './figures/paper.js';
export { confusionHeatmap, learningCurves, spikeRateBars } from './studies/quickstart/curves.js';
export { networkStem, networkTitle } from './figures/by-network.js';
export { trainingSet } from './figures/training-note.js';
export { noiseGains, noisePoints, noiseRows } from './studies/noise-robustness/points.js';
export { noiseFigure } from './studies/noise-robustness/accuracy.js';
export { gainFigure } from './studies/noise-robustness/gain.js';
export { noiseShapes, type NoiseShape } from './studies/noise-robustness/shapes.js';
export { shapeFigure } from './studies/noise-robustness/shape-figure.js';
export { parallelCoordinates } from './studies/sweep-analysis/parallel-coordinates.js';
export { heatmapCells, settingsHeatmap } from './studies/sweep-analysis/settings-heatmap.js';
export { marginalEffects, type MarginalEffect } from './studies/sweep-analysis/marginal-effects.js';
export { marginalFigure } from './studies/sweep-analysis/marginal-figure.js';
export { lifFigure } from './studies/neuron-and-surrogates/lif-trace.js';
export {
  scaledSurrogateFigure,
  SLIDER_DELTAS,
  surrogateFigure,
} from './studies/neuron-and-surrogates/scaled-surrogates.js';
export { scaleFigure, turningDelta } from './studies/neuron-and-surrogates/negative-scale.js';
export { architectureRows, type ArchitectureRow } from './network/table.js';
export { blockFigure, blockKinds } from './studies/architecture/residual-block.js';
export { costFigure } from './studies/architecture/network-cost.js';
export { architectureFigure } from './studies/architecture/network-diagram.js';
export { ourRows, publishedRows, type ComparisonRow } from './studies/comparison/rows.js';
export { comparisonFigure } from './studies/comparison/figure.js';
export { deadFigure, energyLayers, layerRateFigure, operationsFigure } from './studies/energy/layers.js';
export { countingName, energyTotals, ratioFigure } from './studies/energy/ratios.js';
export { memoryFigure, memoryRowName, memoryRows } from './studies/energy/memory.js';
export { energyFindings, type EnergyGroup, type EnergySubject } from './studies/energy/subjects.js';
export { energySentences, spreadText } from './studies/energy/sentences.js';
export { twinDensity } from './studies/energy/twin-density.js';
export { operationCounts, type OperationCounts } from './studies/energy/operation-counts.js';
export { impliedActivities, impliedFigure } from './studies/energy/implied-activity.js';
export { energyAt, latencyFigure, latencyPoints, type LatencyPoint } from './studies/latency/steps.js';
export { ablationCells, ablationRows, cellName } from './studies/sgs-ablation/cells.js';
export { ablationCurves, ablationFigure } from './studies/sgs-ablation/accuracy.js';
export { ablationContrasts, type Contrast } from './studies/sgs-ablation/contrasts.js';
export { ablationEffects, effectFigure, type Effect } from './studies/sgs-ablation/effects.js';
export { gradientNormFigure, normSpread } from './studies/sgs-ablation/gradient-norms.js';
export { changePoints, deltaFigure, deltaPoints, type DeltaPoint } from './studies/sgs-ablation/strength.js';
export { betaFigure, betaPoints, type BetaPoint } from './studies/lipschitz-sweep/strength.js';
export { normFigure } from './studies/lipschitz-sweep/layer-norms.js';
export {
  sensitivityAt,
  sensitivityFigure,
  sensitivityPoints,
} from './studies/lipschitz-sweep/input-sensitivity.js';
export { binningFigure, binnings, eventRateFigure } from './studies/events/frame-cuts.js';
export { eventCloud, eventProjections } from './studies/events/cloud.js';
export { framePictures, pipelineRows } from './studies/events/frames.js';
export { eventNetworks, type EventNetwork } from './studies/events/networks.js';
export { computedCases, SIX_CASES, sixCasesFigure } from './studies/neuron-and-surrogates/six-cases.js';
export { effectInBrief, effectSentence } from './statistics/wording.js';
export { originOf } from './figures/origin.js';
export { saveFigure, saveSummary, saveTable } from './figures/save.js';
export { renderPng, renderSvg } from './figures/render/render.js';

// in notebooks
export {
  examplePictures,
  findings,
  initPlotly,
  plot,
  progressBar,
  reportProgress,
  showImages,
  table,
} from './display/index.js';
export { interruptSignal } from './cell/interrupt.js';

export { DataError, SettingsError, UnsupportedError } from './errors.js';
