// The table of contents, in the order in which data flows: data → network → training → records → figures.

// settings of an experiment
export {
  experiment,
  parseExperiment,
  type DataSettings,
  type Experiment,
  type ExperimentInput,
} from './experiment.js';
export {
  defaultAdam,
  defaultBatchNorm,
  defaultLipschitz,
  defaultLoss,
  defaultSgd,
  learningRateAt,
  type BatchNormSettings,
  type LipschitzSettings,
  type LossSettings,
  type OptimizerSettings,
  type ScheduleSettings,
} from './training.js';
export {
  describeFound,
  networksOf,
  presetTrials,
  PRESET_NAMES,
  recordOf,
  recordsOf,
  trialsOf,
  type FoundRecords,
  type PresetName,
  type Trial,
} from './presets.js';
export { predictedChange } from './gradient-change.js';

// data
export { DATASET_NAMES, type Dataset, type DatasetName, type Examples } from './data/dataset.js';
export { loadDataset } from './data/load.js';
export { classNames } from './data/class-names.js';
export { downloadDataset } from './data/download.js';
export { splitExamples, type Split } from './data/split.js';
export { epochOrder, makeBatch, type BatchNoise, type BatchOptions } from './data/batches.js';
export { NOISE_DEFINITIONS, type NoiseDefinition } from './data/noise-definitions.js';
export { type EventStream } from './data/events.js';
export { readAedat2 } from './data/aedat.js';
export { readNmnist } from './data/nmnist.js';
export { stream, type Purpose, type Stream } from './random.js';

// networks
export * as layers from './network.js';
export { type Layer, type Network } from './network.js';
export { countParameters, parameterSpecs } from './parameter-specs.js';
export { countMacs, placeLayers } from './place-layers.js';
export { annTwin, buildNetwork, convNet, resnet19, vggsnn } from './architectures.js';
export { initialWeights } from './initialise.js';
export { defaultNeuron, firingGradient, lifStep, lifTrace, sgsScale, type NeuronSettings } from './neuron.js';
export {
  SURROGATE_NAMES,
  surrogateParameter,
  surrogates,
  type SurrogateName,
  type SurrogateSettings,
} from './surrogate.js';

// engines and training
export { openEngine, type EngineOptions } from './engines/open.js';
export type {
  Batch,
  Engine,
  Evaluation as ModelEvaluation,
  LayerActivity,
  LayerProbe,
  Model,
  ModelSettings,
  ModelState,
  Numerics,
  TensorMap,
} from './engines/engine.js';
export { prepareRun, type PreparedRun } from './prepare.js';
export { train, type TrainOptions, type TrainProgress } from './trainer.js';
export { confusionMatrix, evaluateExamples, type EvaluationSummary } from './evaluate.js';
export { evaluateRun, type Evaluation } from './evaluations.js';
export {
  DATAFLOWS,
  MEMORY_WORD,
  memoryEnergy,
  WORDS_PER_OPERATION,
  type MemoryEnergy,
} from './memory-energy.js';
export { exactMacs } from './exact-macs.js';
export { allEnergies, energyOf, layerEnergies, meanRate, PICOJOULE } from './energy.js';

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
} from './sweep.js';

// records
export { openRuns, type Runs } from './runs.js';
export type { EpochRow, EvaluationRecord, Outcome, RunRecord, StoredRecord } from './record.js';
export { decodeSafetensors, encodeSafetensors, weightsDigest } from './safetensors.js';
export { headerOf, type Header, type RunHeader } from './header.js';
export { listHeaders, type HeaderListing } from './headerindex.js';
export { compareRuns, networkLabel, summariseRuns } from './compare.js';
export { compare, type CompareSettings, type ComparedGroup, type Comparison } from './comparison.js';
export { comparisonRows, printedComparison } from './comparison/print.js';
export { selectRuns, settingAt, sweptSettings } from './comparison/settings.js';
export { EXPORT_FORMATS, exportRows, type ExportFormat } from './export.js';
export { epochRows, resultRows, runRows, spikeRows } from './export/rows.js';
export { importRecords, type ImportedFile } from './importrecords.js';
export { dataRoot, figuresRoot, paperRoot, runsRoot } from './paths.js';

// tables and figures
export { formatNumber, toCsv, toHtml, toMarkdown, toTable } from './table.js';
export {
  interval,
  mean,
  pairedDifference,
  sd,
  smallestEffect,
  unpairedDifference,
  type Interval,
} from './statistics.js';
export { bootstrapInterval, pairedBootstrap, type BootstrapSettings } from './statistics/bootstrap.js';
export { cohenDz, hedgesG } from './statistics/effect.js';
export { holm } from './statistics/holm.js';
export { pairedTTest, signFlipTest, tTestOf } from './statistics/paired-tests.js';
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
} from './seeds.js';
export { sameSetting, verdict } from './verdict.js';
export { axis, label, PALETTE, theme, type Figure } from './figure.js';
export { band, bars, line, points } from './traces.js';
export { heatmap } from './heatmap.js';
export { imageGrid, type Picture } from './images.js';
export { readPaper, type PaperFile } from './paper.js';
export { confusionHeatmap, learningCurves, spikeRateBars } from './views/training.js';
export { networkStem, networkTitle } from './views/by-network.js';
export { trainingSet } from './views/training-note.js';
export { noiseGains, noisePoints, noiseRows } from './views/noise-points.js';
export { noiseFigure } from './views/noise-accuracy.js';
export { gainFigure } from './views/noise-gain.js';
export { noiseShapes, type NoiseShape } from './views/noise-shapes.js';
export { shapeFigure } from './views/noise-shape-figure.js';
export { parallelCoordinates } from './views/sweep/parallel-coordinates.js';
export { heatmapCells, settingsHeatmap } from './views/sweep/settings-heatmap.js';
export { marginalEffects, type MarginalEffect } from './views/sweep/marginal-effects.js';
export { marginalFigure } from './views/sweep/marginal-figure.js';
export { lifFigure } from './views/lif-trace.js';
export { scaledSurrogateFigure, SLIDER_DELTAS, surrogateFigure } from './views/scaled-surrogates.js';
export { scaleFigure, turningDelta } from './views/negative-scale.js';
export { architectureRows, type ArchitectureRow } from './views/architecture-rows.js';
export { blockFigure, blockKinds } from './views/residual-block.js';
export { costFigure } from './views/network-cost.js';
export { ourRows, publishedRows, type ComparisonRow } from './views/comparison-rows.js';
export { comparisonFigure } from './views/comparison-figure.js';
export { deadFigure, energyLayers, layerRateFigure, operationsFigure } from './views/energy.js';
export { countingName, energyTotals, ratioFigure } from './views/energy-ratios.js';
export { memoryFigure, memoryRowName, memoryRows } from './views/energy-memory.js';
export { energyFindings, type EnergyGroup, type EnergySubject } from './views/energy-subjects.js';
export { energySentences, spreadText } from './views/energy-sentences.js';
export { dataTitle } from './views/training-note.js';
export { twinDensity } from './views/twin-density.js';
export { operationCounts, type OperationCounts } from './views/operation-counts.js';
export { impliedActivities, impliedFigure } from './views/implied-activity.js';
export { energyAt, latencyFigure, latencyPoints, type LatencyPoint } from './views/latency.js';
export { ablationCells, ablationRows, cellName } from './views/ablation-cells.js';
export { ablationCurves, ablationFigure } from './views/ablation-accuracy.js';
export { ablationContrasts, type Contrast } from './views/ablation-contrasts.js';
export { ablationEffects, effectFigure, type Effect } from './views/ablation-effects.js';
export { gradientNormFigure, normSpread } from './views/gradient-norms.js';
export { changePoints, deltaFigure, deltaPoints, type DeltaPoint } from './views/delta-sweep.js';
export { betaFigure, betaPoints, type BetaPoint } from './views/beta-sweep.js';
export { normFigure } from './views/layer-norms.js';
export { sensitivityAt, sensitivityFigure, sensitivityPoints } from './views/input-sensitivity.js';
export { binningFigure, binnings, eventRateFigure } from './views/frame-cuts.js';
export { eventCloud, eventProjections } from './views/event-cloud.js';
export { framePictures, pipelineRows } from './views/event-frames.js';
export { eventNetworks, type EventNetwork } from './views/event-networks.js';
export { computedCases, SIX_CASES, sixCasesFigure } from './views/six-cases.js';
export { effectInBrief, effectSentence } from './effect-sentence.js';
export { originOf } from './origin.js';
export { saveFigure, saveSummary, saveTable } from './save.js';
export { renderPng, renderSvg } from './render.js';

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
} from './display.js';
export { interruptSignal } from './interrupt.js';

export { DataError, SettingsError, UnsupportedError } from './errors.js';
