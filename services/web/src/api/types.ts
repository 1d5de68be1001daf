/** Short names for the types that are generated from the gateway's OpenAPI description. */
import type { components } from "./schema.d.ts";

export type Components = components["schemas"];
export type RunView = Components["RunView"];
export type RunState = RunView["state"];
export type EpochFigures = Components["EpochFigures"];
export type ModelView = Components["ModelView"];
export type DatasetInfo = Components["DatasetInfo"];
export type DatasetPreview = Components["DatasetPreview"];
export type Preview = Components["Preview"];
export type NetworkPreview = Components["NetworkPreview"];
export type Generated = Components["Generated"];
export type Interpolated = Components["Interpolated"];
export type ActivationsRequest = Components["ActivationsRequest"];
export type Activations = Components["Activations"];
export type LayerActivations = Components["LayerActivations"];
export type AblateRequest = Components["AblateRequest"];
export type Ablated = Components["Ablated"];
export type Located = Components["Located"];
export type Place = Components["Place"];
export type ThemeView = Components["ThemeView"];
export type ScalarMap = Components["ScalarMap"];
export type Judgement = Components["Judgement"];
export type Judged = Components["Judged"];
export type RealImage = Components["RealImage"];
export type RealImageList = Components["RealImageList"];
export type Continuation = Components["Continuation"];
export type StateList = Components["StateList"];
export type PrunedStates = Components["PrunedStates"];
export type StepSizes = Components["StepSizes"];
export type LossSurface = Components["LossSurface"];
export type LossSurfaceJob = Components["LossSurfaceJob"];
export type Report = Components["Report"];
export type Problem = Components["Problem"];

/** A spec while it is being written; the server validates it. */
export type SpecDraft = { [field: string]: SpecValue };
export type SpecValue = string | number | boolean | null | SpecDraft;

/** What is asked of a fork, while it is being written. */
export interface ForkDraft {
  readonly name: string;
  /** Epoch whose state it begins with. */
  readonly epoch: number;
  readonly epochs: SpecValue | undefined;
  readonly changes: SpecDraft;
}

/** Which loss surface of a run. */
export type SurfaceKind = Pick<LossSurface, "network" | "directions">;

/** A loss surface, or how it stands while it waits or runs. */
export type SurfaceAnswer =
  | { readonly surface: LossSurface }
  | { readonly job: LossSurfaceJob; readonly secondsToWait: number };
