// Generated from the gateway's OpenAPI description by `npm run generate`; do not edit.

export interface paths {
    "/v1/models": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the models
         * @description Models that have at least one exported version, by name.
         */
        get: operations["list_models_v1_models_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/models/{model}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show a model
         * @description Its versions, latent space, classes, image shape and layers.
         */
        get: operations["show_model_v1_models__model__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/models/{model}/generate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Images of points
         * @description The image of each point, and the class that the classifier sees in it.
         *
         *     `image/png`: one sheet, row by row, ⌈√n⌉ images wide (a single image is just that image);
         *     `application/x-npy`: `uint8[n, height, width, channels]`.
         */
        post: operations["generate_v1_models__model__generate_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/models/{model}/interpolate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Images on the way from one point to another
         * @description Evenly spaced points from `start` to `end`, both included, and where the class changes.
         *
         *     `image/png`: a strip, from left to right; `image/gif`: an animation; `application/x-npy`:
         *     `uint8[steps, height, width, channels]`.
         */
        post: operations["interpolate_v1_models__model__interpolate_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/models/{model}/activations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What the layers put out at a point
         * @description For each layer its mean, its silent units, the average over its channels, and all channels.
         */
        post: operations["activations_v1_models__model__activations_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/models/{model}/ablate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Switch off parts of layers
         * @description The image at a point with and without the edits; with `map` also what they do to the class map.
         */
        post: operations["ablate_v1_models__model__ablate_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/models/{model}/map": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Map of the latent space
         * @description What a theme says at each point of a grid: the class of the image, or a number.
         *
         *     `classes[j][i]`, or `values[j][i]` of the other themes, belongs to (x_i, y_j), in a cube
         *     `classes[k][j][i]` to (x_i, y_j, z_k). `application/x-npy` is `uint8`, or `float32`, in the same order,
         *     `application/x-protobuf` the message `LatentMap`. `image/png` is drawn the way people read it, with y
         *     upwards; a cube as its slices along z. The model lists its `themes`.
         */
        get: operations["latent_map_v1_models__model__map_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/models/{model}/map/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Map, coarse to fine while it is computed
         * @description The same map as `/map`, as events: `tile` for some cells at a time, then `done`.
         *
         *     The first tiles show the whole map coarsely; in the end every cell has been sent and is exact. With
         *     `refine=adaptive` later tiles correct cells of earlier ones. A map that was computed before comes at
         *     once. What goes wrong on the way is told by an event `problem`, like the body of an error: also that
         *     the gateway stops (503), and then the same question can be asked again in a moment. Whoever
         *     leaves stops the computation, unless others wait for the same map.
         */
        get: operations["stream_map_v1_models__model__map_stream_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/models/{model}/locate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The point whose image is most like a given one
         * @description Where in the latent space an image lies: draw a digit, find its place on the map.
         *
         *     The image is brought into the model's shape: its middle square, scaled, turned as its EXIF says,
         *     transparent parts on black, grey (luma of BT.601) where the model's images are grey. One that has the
         *     shape already is compared as it is.
         *
         *     Up to three dimensions the images of a grid are compared (64 × 64, 16 × 16 × 16), in more those of 4,096
         *     points spread evenly; then damped Gauss-Newton steps from the best of them find the local optima. The
         *     space is searched where the model was trained: within [−1, 1], by a normal prior within [−3, 3]. The
         *     first image of a version takes longer than those after it.
         *
         *     If the classifier is sure of the image's class (60 % or more), points whose images show that class come
         *     before all others. Then images are alike by the log-odds of their classes and by their pixels. Versions
         *     that were exported without `judge` compare pixels alone.
         */
        post: operations["locate_v1_models__model__locate_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/models/{model}/judge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What the judges say of images
         * @description The classifier's whole distribution, and how real discriminator and two-sample network take it for.
         *
         *     The discriminator was trained against this generator, the two-sample network apart from it, at this
         *     export, to tell generated images from real ones. An image is brought into the model's shape as for
         *     `locate`; one that has the shape already is judged as it is.
         */
        post: operations["judge_v1_models__model__judge_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/models/{model}/real-images": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Real images on the map
         * @description Held-out images of the data set, each at the nearest point of the latent space that was found.
         *
         *     They were looked for when the version was exported: 1,000 of them, at the end of the training all. Of a
         *     conditional model each was looked for under its own label. `application/x-npy` is the points of the
         *     page, `float32[n, d]`.
         */
        get: operations["real_images_v1_models__model__real_images_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/models/{model}/timelapse": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Film of a model's versions
         * @description `image/gif` or, when `Accept` prefers it, `video/mp4` (H.264): the map of `/map`, of any theme, for each loaded version that has the theme. Numbers have the same colours in all frames. Of more than 240 versions, 240 evenly spread ones are shown.
         */
        get: operations["timelapse_v1_models__model__timelapse_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/recipes/render": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make a picture again
         * @description The same bytes as at first, from the file or from its recipe; with `scale`, in another size.
         *
         *     Every picture that this API makes of a model or a run carries its recipe: PNG as international text
         *     (iTXt) `latent-atlas`, GIF and MP4 as their comment. With `Accept: application/json` the answer is the
         *     recipe itself; of a film, `Accept` also chooses between GIF and MP4. 404: the version, the run or the
         *     epoch is gone; 409: another one has taken its place since. What a run has stored is shown again, not
         *     trained again.
         */
        post: operations["render_v1_recipes_render_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/runs/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Look at a training before submitting it
         * @description The spec with all defaults, and both networks layer by layer. Nothing is stored or trained.
         */
        post: operations["preview_v1_runs_preview_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the runs
         * @description All runs, newest first.
         */
        get: operations["list_runs_v1_runs_get"];
        put?: never;
        /**
         * Submit a training
         * @description Queue a training. A worker takes it when it is free; the model gets the run's name.
         *
         *     While the queue is away the answer is 503 and nothing has been created, so the same request can
         *     simply be sent again.
         */
        post: operations["submit_v1_runs_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/runs/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show a run
         * @description What was asked and how it stands.
         */
        get: operations["show_v1_runs__name__get"];
        put?: never;
        post?: never;
        /**
         * Delete a finished run and its model
         * @description Remove all that it wrote. One that has not finished has to be cancelled first: 409.
         */
        delete: operations["delete_v1_runs__name__delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/runs/{name}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Pause a run
         * @description A running one saves its state and stops within seconds; a queued one is held back at once.
         */
        post: operations["pause_v1_runs__name__pause_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/runs/{name}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Resume a paused or failed run
         * @description Queue it again; it goes on from its last saved state, a failed one too: its disk was full, say.
         */
        post: operations["resume_v1_runs__name__resume_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/runs/{name}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel a run
         * @description A running one stops within seconds, any other at once. What it exported stays.
         */
        post: operations["cancel_v1_runs__name__cancel_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/runs/{name}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Follow a run
         * @description Everything the run said, in order and from the start, then what it says from now on.
         *
         *     Each event has its number as `id`, its kind as `event`, and a JSON object as `data`. Numbers go from
         *     1 without a gap. A `state` event without `id` tells how far the present epoch is; it is live only and
         *     not replayed. The stream ends when the run has finished and all has been sent.
         */
        get: operations["events_v1_runs__name__events_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/runs/{name}/epochs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Figures of every epoch
         * @description Losses, map change, class shares, dead units, two-sample test and seconds, epoch by epoch.
         */
        get: operations["epochs_v1_runs__name__epochs_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/runs/{name}/snapshots/{epoch}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Image sheet of an epoch
         * @description PNG of the images at the run's fixed points after this epoch.
         */
        get: operations["snapshot_v1_runs__name__snapshots__epoch__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/runs/{name}/maps/{epoch}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Class map of an epoch
         * @description The map that the run itself drew after this epoch.
         *
         *     `version` is the epoch. Runs of four and more dimensions draw one cube at −1 and one at +1 of the
         *     fourth coordinate, conditional runs one for each label: `at` and `label` choose.
         */
        get: operations["epoch_map_v1_runs__name__maps__epoch__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/runs/{name}/fork/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Look at a fork before making it
         * @description What would be different, what is taken over, what the step sizes do. Nothing is stored or trained.
         */
        post: operations["preview_fork_v1_runs__name__fork_preview_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/runs/{name}/fork": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Fork a run
         * @description Queue a run that begins with the networks, averages and optimisers of an epoch of this one.
         *
         *     Its epochs go on from there. What cannot be changed without new weights (data set, latent space,
         *     networks, conditioning): 422 that names the field. An epoch whose state is not kept: 404 that lists
         *     those that are. A run in any state can be forked; it and its fork do not depend on each other, so either
         *     may be deleted.
         */
        post: operations["fork_v1_runs__name__fork_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/runs/{name}/extend/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Look at an extension before asking for it
         * @description What the step sizes would do. Nothing is changed.
         */
        post: operations["preview_extension_v1_runs__name__extend_preview_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/runs/{name}/extend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Extend a run that has succeeded
         * @description Queue it again, to go on to so many epochs in all.
         *
         *     With constant step sizes it becomes bit for bit what it would have been, had it been asked for so many
         *     at once; with falling ones, `continuation.step_sizes` says what they do. Events, epochs and versions go
         *     on, and the report is made anew. Not possible in this state: 409.
         */
        post: operations["extend_v1_runs__name__extend_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/runs/{name}/states": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List a run's training states
         * @description The epochs at which it can be forked, and what their states weigh.
         *
         *     The newest two are kept in any case, and with `export.states: all` that of each version.
         */
        get: operations["states_v1_runs__name__states_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/runs/{name}/states/prune": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Remove a run's training states
         * @description Free the disk of all states but the newest, from which the run itself goes on, and those named.
         */
        post: operations["prune_v1_runs__name__states_prune_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/runs/{name}/loss-surface": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a loss surface
         * @description The newest one of this network and in these directions; as npy its losses alone, float64[n, n].
         *
         *     While the one that was asked for last waits or runs: 202 and how it stands. Has it failed: 409 and why.
         *     None was asked for: 404.
         */
        get: operations["show_v1_runs__name__loss_surface_get"];
        put?: never;
        /**
         * Ask for the loss surface of a run
         * @description Compute the loss over a plane in the space of a network's weights, and the training's path there.
         *
         *     A worker does it, when it is the turn of this job in the line of trainings. A run that keeps fewer than
         *     three training states has no path: 409; `export.states: all` keeps that of each version. While another
         *     one of this run waits or runs: 409.
         */
        post: operations["ask_v1_runs__name__loss_surface_post"];
        /**
         * Cancel and remove loss surfaces
         * @description Cancel the one that waits or runs, and remove those that are done, of this network and directions.
         *
         *     They can be computed again as long as the training states are there, so the scope `train` is enough.
         */
        delete: operations["remove_v1_runs__name__loss_surface_delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/runs/{name}/report": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Report of a finished run
         * @description Parameters, times, memory, two-sample tests, classifier, quality, class shares and warnings.
         *
         *     It is written when the last epoch is done, or the stop rule has ended the training, and the final tests
         *     have been made; a cancelled or failed run has none. Reports of older versions lack figures that came
         *     later: these are null. `text/markdown` gives the same as tables.
         */
        get: operations["report_v1_runs__name__report_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/runs/{name}/timelapse": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Film of a run's snapshots or maps
         * @description `image/gif` or, when `Accept` prefers it, `video/mp4` (H.264). Snapshots show always the same points; maps have the colours that they have everywhere. A run that draws several maps (conditional, or four and more dimensions) shows them side by side, a cube as all of its sections along the last axis; `label`, `at` and `section` choose. Of more than 240 epochs, 240 evenly spread ones are shown, the first and the newest among them: `X-Film-Frames` and `X-Film-Epochs` tell.
         */
        get: operations["timelapse_v1_runs__name__timelapse_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/comparison": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Compare runs
         * @description Any runs as an experiment compares its combinations: means, 95 % intervals, and a verdict in words.
         *
         *     Runs that differ only in their seed are one group; `verdict` says whether the groups differ by more than
         *     chance, which takes two seeds each. As `text/csv` a line for each group and epoch.
         */
        get: operations["compare_v1_comparison_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/experiments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the experiments
         * @description All experiments, newest first.
         */
        get: operations["list_experiments_v1_experiments_get"];
        put?: never;
        /**
         * Submit an experiment
         * @description Queue one run for each combination of the varied values and each seed, 256 at most.
         *
         *     Runs are trained in the order of their submission, those of an experiment one seed after the other; a
         *     run that is submitted later waits until they are done, or cancelled. Their names are made from the
         *     experiment's. A wrong value is named as `vary.<path>.<index>`, a path that is none as `vary.<path>`.
         *     Where a name is taken already, the answer is 409 and nothing has been created.
         */
        post: operations["submit_v1_experiments_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/experiments/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show an experiment
         * @description Its runs, and for each combination mean and 95 % interval over seeds at each measured epoch.
         *
         *     As `text/csv` the comparison alone, a line for each combination and epoch.
         */
        get: operations["show_v1_experiments__name__get"];
        put?: never;
        post?: never;
        /**
         * Delete a finished experiment
         * @description Remove it. One that has unfinished runs has to be cancelled first: 409.
         */
        delete: operations["delete_v1_experiments__name__delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/experiments/{name}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel an experiment
         * @description Cancel all of its runs that have not finished. Nothing left to cancel: 409.
         */
        post: operations["cancel_v1_experiments__name__cancel_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/datasets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the data sets
         * @description Data sets that a training can name: those that come along, and those that were uploaded.
         */
        get: operations["list_datasets_v1_datasets_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/datasets/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show a data set
         * @description What is known of it without loading it.
         */
        get: operations["show_v1_datasets__name__get"];
        /**
         * Upload a data set
         * @description Make a data set of a zip of images: one folder for each class, or no folders for no classes.
         *
         *     PNG, JPEG and WebP; at least 20 images in all, and 5 in each class. A folder around everything is
         *     overlooked; hidden files and folders, and what systems leave behind, are skipped and counted. Folders
         *     `train` and `test` (or `training`, `testing`, `val`, …) around the class folders become the data set's
         *     parts; otherwise a sixth of each class becomes test images. Labels may also be in `dataset.json`, as
         *     StyleGAN2-ADA writes it. Instead of image files, the zip or the body itself may hold tables of pixels:
         *     CSV with `label, pixel0, …`; `.npz` with `x_train, y_train, x_test, y_test`; MNIST's IDX files.
         *
         *     The middle square of each image is kept, upright, scaled to 64×64 (or less, when no image is that
         *     large), on black where it is transparent; all grey images make a data set with one channel, any others
         *     one with three. Anything that is wrong, such as a broken or animated image, is a 422 that names
         *     the file, and then nothing is kept. A data set never changes: a name that is taken is a 409, and
         *     `POST /v1/dataset-previews` shows what an upload would become before it is kept.
         */
        put: operations["upload_v1_datasets__name__put"];
        post?: never;
        /**
         * Remove an uploaded data set
         * @description Its runs and models stay. While an unfinished run uses it, or if it comes along: 409.
         */
        delete: operations["remove_v1_datasets__name__delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/datasets/{name}/samples": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show images of a data set
         * @description Ten images of each of the first ten classes, from those that are trained on.
         *
         *     Those of `digits`, `mnist` and `fashion_mnist` are there once a training has loaded them; until then:
         *     404. Nothing is downloaded to be shown.
         */
        get: operations["samples_v1_datasets__name__samples_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/datasets/{name}/images/{part}/{index}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show one image of a data set
         * @description As it was uploaded, or as it comes along.
         *
         *     The images of `digits`, `mnist` and `fashion_mnist` are there once a training has loaded them; until
         *     then: 404.
         */
        get: operations["image_v1_datasets__name__images__part___index__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/dataset-previews": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Upload images to look at what they would become
         * @description Read an upload as `PUT /v1/datasets/{name}` does, and keep it aside for an hour.
         *
         *     The answer has its classes and how many images they have; `samples` shows some. With `keep` it becomes
         *     a data set, under names of the caller's choice; with `discard` it is forgotten. A few wait at a time:
         *     the oldest makes room for one more.
         */
        post: operations["make_v1_dataset_previews_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/dataset-previews/{preview}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show a preview
         * @description What the upload would become.
         */
        get: operations["show_v1_dataset_previews__preview__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/dataset-previews/{preview}/samples": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show images of a preview
         * @description Ten images of each of the first ten classes, from those that would be trained on.
         */
        get: operations["samples_v1_dataset_previews__preview__samples_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/dataset-previews/{preview}/keep": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Keep a preview as a data set
         * @description Make it a data set, which never changes. If that is refused, it waits on.
         */
        post: operations["keep_v1_dataset_previews__preview__keep_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/dataset-previews/{preview}/discard": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Discard a preview
         * @description Forget it now; otherwise that happens by itself.
         */
        post: operations["discard_v1_dataset_previews__preview__discard_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/models/{model}/versions/{version}/download": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download a version
         * @description The SavedModel with its signatures, its card (`assets.extra/model_card.json`) and warm-up requests.
         *
         *     Unpacked into TensorFlow Serving's folder of models it can be served at once; `tf.saved_model.load`
         *     takes the inner folder. It need not be loaded here. It is sent to its end also when the version is
         *     removed meanwhile.
         */
        get: operations["download_v1_models__model__versions__version__download_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/healthz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Is it alive?
         * @description Answers as long as the process does.
         */
        get: operations["healthz_healthz_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/readyz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Can it serve?
         * @description Ready means that models can be explored. Without Redis it is ready still, but degraded.
         */
        get: operations["readyz_readyz_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Figures for Prometheus
         * @description Requests, latency by route and model, queues, cache outcomes, points, versions, runs, parts.
         */
        get: operations["metrics_metrics_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * AblateRequest
         * @description Which parts of layers to scale, and where to show it.
         * @example {
         *       "edits": [
         *         {
         *           "channels": [
         *             0,
         *             1
         *           ],
         *           "layer": "dense"
         *         }
         *       ],
         *       "map": {
         *         "resolution": 20
         *       },
         *       "point": [
         *         0.5,
         *         -0.2
         *       ]
         *     }
         */
        AblateRequest: {
            /**
             * Point
             * @description Of the image: float[d]
             */
            point: number[];
            /**
             * Label
             * @description Conditional models: class id
             */
            label?: number | null;
            /**
             * Edits
             * @description Where they overlap, their scales multiply
             */
            edits: components["schemas"]["Edit"][];
            /** @description Also show the effect on the map */
            map?: components["schemas"]["AblationMap"] | null;
            /**
             * Scale
             * @description PNG and GIF: pixels a side for every one of the image; 1 if not given
             */
            scale?: number | null;
            /**
             * Version
             * @description The newest available one if not given
             */
            version?: number | null;
        };
        /**
         * Ablated
         * @description The image at a point, without and with edits.
         */
        Ablated: {
            /**
             * Model
             * @description Name of the model
             */
            model: string;
            /**
             * Version
             * @description Version that answered: an exported epoch
             */
            version: number;
            /** @description Without the edits */
            before: components["schemas"]["ClassifiedImage"];
            /** @description With the edits */
            after: components["schemas"]["ClassifiedImage"];
            /** @description Where it was asked for */
            map?: components["schemas"]["MapEffect"] | null;
        };
        /**
         * AblationMap
         * @description The map on which the effect is shown; what is not given as for `/map`.
         */
        AblationMap: {
            /**
             * Axes
             * @description Latent axes; the first three if not given
             */
            axes?: number[] | null;
            /**
             * Resolution
             * @description Points along every axis; 100, in a cube 16, if not given
             */
            resolution?: number | null;
            /**
             * Range
             * @description First and last coordinate along every axis; by the prior −1, 1 or (normal) −2, 2
             */
            range?: number[] | null;
            /**
             * At
             * @description A coordinate for each latent dimension, those of the axes ignored; default zero
             */
            at?: number[] | null;
            /**
             * Theme
             * @description What the maps show; the class if not given
             */
            theme?: string | null;
        };
        /**
         * Activations
         * @description What layers put out at one point.
         */
        Activations: {
            /**
             * Model
             * @description Name of the model
             */
            model: string;
            /**
             * Version
             * @description Version that answered: an exported epoch
             */
            version: number;
            /**
             * Point
             * @description As asked: float[d]
             */
            point: number[];
            /**
             * Image
             * @description base64 PNG of what the model makes of the point
             */
            image: string;
            /** @description What the classifier sees in it */
            class: components["schemas"]["ClassName"];
            /**
             * Layers
             * @description From the first to the last
             */
            layers: components["schemas"]["LayerActivations"][];
        };
        /**
         * ActivationsRequest
         * @description Which layers to look into, and where.
         * @example {
         *       "layers": [
         *         "dense"
         *       ],
         *       "point": [
         *         0.5,
         *         -0.2
         *       ]
         *     }
         */
        ActivationsRequest: {
            /**
             * Point
             * @description Where to look: float[d]
             */
            point: number[];
            /**
             * Label
             * @description Conditional models: class id
             */
            label?: number | null;
            /**
             * Layers
             * @description Names of layers; all of the model's if not given
             */
            layers?: string[] | null;
            /**
             * Scale
             * @description PNG and GIF: pixels a side for every one of the image; 1 if not given
             */
            scale?: number | null;
            /**
             * Version
             * @description The newest available one if not given
             */
            version?: number | null;
        };
        /**
         * Adam
         * @description Adam (Kingma & Ba 2015).
         */
        Adam: {
            /**
             * Learning Rate
             * @description Step size
             * @default 0.0001
             */
            learning_rate?: number;
            /**
             * Schedule
             * @description cosine: the step size falls along half a cosine to zero at the last epoch, so that the map settles
             * @default constant
             * @enum {string}
             */
            schedule?: "constant" | "cosine";
            /**
             * Beta 1
             * @description Decay of the mean of the gradients
             * @default 0.9
             */
            beta_1?: number;
            /**
             * Beta 2
             * @description Decay of the mean of their squares
             * @default 0.999
             */
            beta_2?: number;
            /**
             * Epsilon
             * @description Keeps the division finite
             * @default 1e-7
             */
            epsilon?: number;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            name: "adam";
        };
        /**
         * Alive
         * @description The process answers.
         */
        Alive: {
            /**
             * Status
             * @default alive
             * @constant
             */
            status?: "alive";
        };
        /**
         * Ancestor
         * @description A run, and the epoch at which another one has branched off.
         */
        Ancestor: {
            /**
             * Run
             * @description Name of the run, which may have been deleted since
             */
            run: string;
            /**
             * Epoch
             * @description Epoch whose state the next one began with
             */
            epoch: number;
        };
        /**
         * Cell
         * @description One combination at one epoch, over its seeds.
         */
        Cell: {
            /**
             * Epoch
             * @description Number of the epoch, from 1
             */
            epoch: number;
            /**
             * Mean
             * @description null: not measured yet
             */
            mean: number | null;
            /**
             * Interval
             * @description 95 % confidence interval of the mean (Student's t): low, high; null for fewer than two
             */
            interval: number[] | null;
            /**
             * N
             * @description Number of runs that were measured at this epoch
             */
            n: number;
        };
        /**
         * ClassCount
         * @description A class of an upload.
         */
        ClassCount: {
            /**
             * Name
             * @description Its name, as the upload has it
             */
            name: string;
            /**
             * Train
             * @description Number of its training images
             */
            train: number;
            /**
             * Test
             * @description Number of its test images
             */
            test: number;
        };
        /**
         * ClassCoverage
         * @description How near the map comes to the held-out images of one class.
         */
        ClassCoverage: {
            /**
             * Images
             * @description Held-out images of the class
             */
            images: number;
            /**
             * Median Distance
             * @description Median distance from such an image to the nearest image of the map: root mean square over pixels in [-1, 1]
             */
            median_distance: number;
            /**
             * Usual Distance
             * @description Median distance from such an image to the mean of its class's training images
             */
            usual_distance: number;
            /**
             * Covered
             * @description Share of these images that lie no farther from the map than the usual distance, 0 to 1
             */
            covered: number;
        };
        /**
         * ClassMap
         * @description `classes[j][i]` is the class at (x_i, y_j); in a cube `classes[k][j][i]` at (x_i, y_j, z_k).
         */
        ClassMap: {
            /**
             * Model
             * @description Name of the model, or of the run that drew it
             */
            model: string;
            /**
             * Version
             * @description Version that answered: an exported epoch
             */
            version: number;
            /**
             * Axes
             * @description Latent axes of the grid, one to three, from 0; the first runs fastest
             */
            axes: number[];
            /**
             * Range
             * @description Coordinate of the first and of the last point along every axis
             */
            range: number[];
            /**
             * Resolution
             * @description Points along every axis, both ends included: r
             */
            resolution: number;
            /**
             * At
             * @description A coordinate for each latent dimension; those of `axes` mean nothing
             */
            at: number[];
            /**
             * Label
             * @description Class id that was asked of a conditional model, else null
             */
            label: number | null;
            /**
             * Classes
             * @description Nested rows of class ids
             */
            classes: unknown[];
            /**
             * Shares
             * @description Share of the map of each class, 0 to 1
             */
            shares: {
                [key: string]: number;
            };
            /**
             * Computed
             * @description With `refine=adaptive` alone: points that were computed; the classes of the others were taken from their neighbours
             */
            computed?: number | null;
        };
        /**
         * ClassName
         * @description A class.
         */
        ClassName: {
            /**
             * Label
             * @description Name of the class
             */
            label: string;
            /**
             * Index
             * @description Its number in the model's `classes`
             */
            index: number;
        };
        /**
         * ClassifiedImage
         * @description An image and its class.
         */
        ClassifiedImage: {
            /**
             * Image
             * @description base64 PNG
             */
            image: string;
            /** @description What the classifier sees in it */
            class: components["schemas"]["ImageClass"];
        };
        /**
         * ClassifierReport
         * @description The independent network that names the classes, and how well it does on real test images.
         */
        ClassifierReport: {
            /**
             * Sha256
             * @description Of its weights: figures are comparable where it is the same
             */
            sha256: string;
            /**
             * Accuracy
             * @description Share of the test images whose class it names, 0 to 1
             */
            accuracy: number;
            /**
             * Loss
             * @description Cross-entropy on the test images, in nats
             */
            loss: number;
            /**
             * Validation Error
             * @description 1 minus the accuracy
             */
            validation_error: number;
            /**
             * Image Shape
             * @description Height, width, channels
             */
            image_shape: [
                number,
                number,
                number
            ];
            /**
             * Classes
             * @description How many it tells apart
             */
            classes: number;
        };
        /**
         * CombinationView
         * @description One choice of the varied values.
         */
        CombinationView: {
            /**
             * Label
             * @description For people, such as `relu, dim 3`
             */
            label: string;
            /**
             * Values
             * @description Value of each varied field, by its dotted path
             */
            values: {
                [key: string]: unknown;
            };
        };
        /**
         * ComparedPair
         * @description Two combinations, tested against each other.
         */
        ComparedPair: {
            /**
             * Ahead
             * @description Number of the combination that comes first in the order of results
             */
            ahead: number;
            /**
             * Behind
             * @description Number of the other one
             */
            behind: number;
            /**
             * P
             * @description Of Welch's t-test of these two, to both sides
             */
            p: number;
            /**
             * Adjusted
             * @description The same, corrected after Holm for all pairs that were tested, which bounds the chance of any false alarm
             */
            adjusted: number;
            /**
             * Beyond Chance
             * @description Whether `adjusted` is below 0.05
             */
            beyond_chance: boolean;
        };
        /**
         * Comparison
         * @description Each combination at each epoch at which some run was measured.
         */
        Comparison: {
            /**
             * Metric
             * @description What is compared
             * @enum {string}
             */
            metric: "weak_test_error" | "weak_test_cross_entropy" | "strong_test_cross_entropy" | "strong_test_error" | "study_test_cross_entropy" | "study_test_error" | "frechet_distance" | "kernel_distance" | "precision" | "recall" | "density" | "coverage" | "classifier_score" | "pixel_coverage" | "pixel_distance" | "label_fidelity" | "generator_loss" | "discriminator_loss" | "classes" | "map_change" | "judges_agreement" | "discriminator_alone" | "two_sample_alone" | "discriminator_calibration" | "two_sample_calibration" | "stretch_mean" | "surface" | "dead_units" | "seconds" | "peak_memory";
            /**
             * Epochs
             * @description At which some run was measured, rising
             */
            epochs: number[];
            /**
             * Rows
             * @description One for each combination
             */
            rows: components["schemas"]["ComparisonRow"][];
            /** @description Whether they differ by more than chance */
            verdict: components["schemas"]["Verdict"];
        };
        /**
         * ComparisonRow
         * @description One combination at each epoch.
         */
        ComparisonRow: {
            /**
             * Combination
             * @description Its place in the experiment's `combinations`, or among the `groups` of compared runs
             */
            combination: number;
            /**
             * Label
             * @description Its combination, for people
             */
            label: string;
            /**
             * Cells
             * @description One for each of the table's `epochs`
             */
            cells: components["schemas"]["Cell"][];
        };
        /**
         * Continuation
         * @description How a training goes on.
         */
        Continuation: {
            /**
             * Run
             * @description Name of the run whose state it goes on from
             */
            run: string;
            /**
             * Epoch
             * @description Epoch of that state
             */
            epoch: number;
            /** @description What it trains with from there on */
            spec: components["schemas"]["TrainingSpec"];
            /**
             * Changes
             * @description What is different from there on
             */
            changes: components["schemas"]["FieldChange"][];
            /** @description From that state, beside the networks */
            taken_over: components["schemas"]["TakenOver"];
            /** @description What the step sizes do */
            step_sizes: components["schemas"]["StepSizes"];
            /**
             * State Bytes
             * @description Bytes of each training state that it keeps: two at most, or with `export.states: all` one for each version
             */
            state_bytes: number;
        };
        /**
         * ContinuedRun
         * @description A run that goes on, and how.
         */
        ContinuedRun: {
            /**
             * Name
             * @description Name of the run, and of its model
             */
            name: string;
            /**
             * State
             * @description Where it stands; succeeded, failed and cancelled have ended, a failed one may go on
             * @enum {string}
             */
            state: "queued" | "running" | "paused" | "succeeded" | "failed" | "cancelled";
            /**
             * Request
             * @description Asked of it, not done yet
             */
            request: ("pause" | "cancel") | null;
            /**
             * Experiment
             * @description Name of the experiment that it is a part of
             */
            experiment?: string | null;
            /** @description What was asked, with every default filled in */
            spec: components["schemas"]["TrainingSpec"];
            /**
             * Epoch
             * @description Epochs that are done
             */
            epoch: number;
            /**
             * Epochs
             * @description Epochs that were asked for
             */
            epochs: number;
            /** @description Within the epoch under way */
            progress: components["schemas"]["Progress"];
            /**
             * Submitted
             * Format: date-time
             * @description When, in UTC
             */
            submitted: string;
            /**
             * Started
             * @description When a worker first took it, in UTC; null: none has
             */
            started: string | null;
            /**
             * Ended
             * @description When it ended, in UTC; null: it has not
             */
            ended: string | null;
            /**
             * Seconds Per Epoch
             * @description Mean of the last epochs, in seconds
             */
            seconds_per_epoch: number | null;
            /**
             * Position
             * @description Of a queued run: 1 is the next one. Resumed runs wait at the end; one that a worker had to let go comes first
             */
            position?: number | null;
            /**
             * Starts In
             * @description Of a queued run: estimated seconds until a worker takes it; null: not known. It follows from what the running ones and those before it still take, and the number of live workers
             */
            starts_in?: number | null;
            /**
             * Eta
             * @description Estimated seconds until it ends, from the time of its last epochs; of a queued run, which has none, of the newest runs of the same data set, networks and roughly the same settings. null: not known
             */
            eta: number | null;
            /** @description Both losses while the discriminator only guesses, to set the run's beside */
            guessing?: components["schemas"]["GuessingLosses"] | null;
            /** @description Figures of the last epoch */
            metrics: components["schemas"]["EpochFigures"] | null;
            /**
             * Warnings
             * @description Troubles that were noticed, oldest first
             */
            warnings: components["schemas"]["RunWarning"][];
            /**
             * Error
             * @description Why it failed, in one sentence
             */
            error: string | null;
            /**
             * Snapshots
             * @description Epochs that have a snapshot; in a list, the newest alone
             */
            snapshots: number[];
            /**
             * Maps
             * @description Epochs that have a class map; in a list, the newest alone
             */
            maps: number[];
            /**
             * Versions
             * @description Epochs that were exported as versions of the model
             */
            versions: number[];
            /**
             * Lineage
             * @description Of a fork: the runs whose states it grew from, nearest first
             * @default []
             */
            lineage?: components["schemas"]["Ancestor"][];
            /** @description Of a fork: how it began; null: it is none */
            origin?: components["schemas"]["Origin"] | null;
            /**
             * Extended At
             * @description Epochs at which it had succeeded and was extended to more
             * @default []
             */
            extended_at?: number[];
            /** @description Training states on the disk; null in a list */
            states?: components["schemas"]["KeptStates"] | null;
            /** @description Which loss surfaces there are, and the one under way; null in a list */
            loss_surface?: components["schemas"]["LossSurfaces"] | null;
            /**
             * Last Event
             * @description Number of its newest event
             * @default 0
             */
            last_event?: number;
            /**
             * Classes
             * @description Names of the classes on its maps: the data set's, or of groups found in it
             * @default []
             */
            classes?: string[];
            /** @description How it goes on */
            continuation: components["schemas"]["Continuation"];
        };
        /**
         * Crossing
         * @description Between two steps the class changes.
         */
        Crossing: {
            /**
             * T
             * @description Where on the way, 0 (start) to 1 (end): between the two steps
             */
            t: number;
            /**
             * From
             * @description Class before
             */
            from: string;
            /**
             * To
             * @description Class after
             */
            to: string;
        };
        /**
         * CurvePoint
         * @description A two-sample test after one epoch of its own training.
         */
        CurvePoint: {
            /**
             * Epoch
             * @description Of the test's training, from 1
             */
            epoch: number;
            /**
             * Error
             * @description Held-out error, 0 to 1
             */
            error: number;
            /**
             * Cross Entropy
             * @description Held-out binary cross-entropy, in nats
             */
            cross_entropy: number;
        };
        /**
         * DatasetInfo
         * @description What one can know of a data set without loading it.
         */
        DatasetInfo: {
            /**
             * Name
             * @description Name to give as `dataset` of a training
             */
            name: string;
            /**
             * Title
             * @description Name for people
             */
            title: string;
            /**
             * Image Shape
             * @description Height, width and channels of its images, in pixels
             */
            image_shape: number[];
            /**
             * Classes
             * @description Names of its classes, in the order of their ids; empty if it has none
             */
            classes: string[];
            /**
             * Train
             * @description Number of training images
             */
            train: number;
            /**
             * Test
             * @description Number of test images, never trained on
             */
            test: number;
            /**
             * Uploaded
             * @description Whether it was uploaded, and so can be removed
             * @default false
             */
            uploaded?: boolean;
            /**
             * At Hand
             * @description Whether its images are on this machine, so that they can be shown; those of built-in ones are once a training has loaded them
             * @default true
             */
            at_hand?: boolean;
        };
        /**
         * DatasetList
         * @description Some data sets.
         */
        DatasetList: {
            /**
             * Next Cursor
             * @description Give as `cursor` for the next page
             */
            next_cursor?: string | null;
            /**
             * Datasets
             * @description By name
             */
            datasets: components["schemas"]["DatasetInfo"][];
        };
        /**
         * DatasetPreview
         * @description What an upload would become: kept or discarded as the caller says, or given up after a while.
         */
        DatasetPreview: {
            /**
             * Id
             * @description To keep it, to discard it and to see its samples
             */
            id: string;
            /**
             * Image Shape
             * @description Height, width and channels of its images, in pixels
             */
            image_shape: number[];
            /**
             * Classes
             * @description Its classes, in the order of their ids; empty if it has none
             */
            classes: components["schemas"]["ClassCount"][];
            /**
             * Train
             * @description Number of training images
             */
            train: number;
            /**
             * Test
             * @description Number of test images, never trained on
             */
            test: number;
            /**
             * Own Parts
             * @description Whether the upload itself says which images are for tests; else a sixth is set aside
             */
            own_parts: boolean;
            /**
             * Skipped
             * @description Files that were passed over: hidden ones, and what systems leave behind
             */
            skipped: number;
            /**
             * Expires
             * Format: date-time
             * @description When it is given up, unless it is kept before
             */
            expires: string;
        };
        /**
         * DiscriminatorOpinion
         * @description What the network says that was trained against this generator.
         */
        DiscriminatorOpinion: {
            /**
             * Score
             * @description Its output; the larger, the more real
             */
            score: number;
            /**
             * Probability
             * @description Of being a real image, 0 to 1
             */
            probability: number;
        };
        /**
         * Distances
         * @description How far images lie from the map.
         */
        Distances: {
            /**
             * Median
             * @description Half of them are nearer; null: there are none
             */
            median: number | null;
            /**
             * P90
             * @description Nine of ten are nearer
             */
            p90: number | null;
        };
        /**
         * ELU
         * @description alpha·(exp(x) − 1) below zero (Clevert et al. 2016).
         */
        ELU: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            name: "elu";
            /**
             * Alpha
             * @description Value approached for very negative inputs
             * @default 1
             */
            alpha?: number;
        };
        /**
         * Edit
         * @description Scale a part of a layer's output; what is not named (rows, columns, channels) is meant whole.
         */
        Edit: {
            /**
             * Layer
             * @description Name of a layer of the model
             */
            layer: string;
            /**
             * Rows
             * @description From 0, the top; all if not given
             */
            rows?: number[] | null;
            /**
             * Columns
             * @description From 0, the left; all if not given
             */
            columns?: number[] | null;
            /**
             * Channels
             * @description From 0; all if not given
             */
            channels?: number[] | null;
            /**
             * Scale
             * @description 0 switches the part off
             * @default 0
             */
            scale?: number;
        };
        /**
         * EpochFigures
         * @description Everything measured at one epoch; what was not measured then is null.
         */
        EpochFigures: {
            /**
             * Epoch
             * @description Number of the epoch, from 1
             */
            epoch: number;
            /**
             * Seconds
             * @description Duration of the epoch with its monitoring, in seconds
             */
            seconds: number;
            /**
             * Generator Loss
             * @description Mean over the epoch's steps
             */
            generator_loss: number;
            /**
             * Discriminator Loss
             * @description Mean over the epoch's steps
             */
            discriminator_loss: number;
            /**
             * Map Change
             * @description Share of map cells whose class changed since the map before, 0 to 1
             */
            map_change?: number | null;
            /**
             * Shares
             * @description Share of the map that each class covers, 0 to 1
             */
            shares?: {
                [key: string]: number;
            } | null;
            /**
             * Label Fidelity
             * @description Conditional runs: share of map cells that show the class that was asked for, 0 to 1
             */
            label_fidelity?: number | null;
            /**
             * Dead Units
             * @description Share of units of each layer that are never active, 0 to 1
             */
            dead_units?: {
                [key: string]: number;
            } | null;
            /** @description Can a small network tell generated images from real ones? */
            weak_test?: components["schemas"]["WeakTest"] | null;
            /** @description Of exported epochs: what discriminator and two-sample network say of the map */
            judges?: components["schemas"]["JudgeFigures"] | null;
        };
        /**
         * EpochList
         * @description The figures of some epochs.
         */
        EpochList: {
            /**
             * Next Cursor
             * @description Give as `cursor` for the next page
             */
            next_cursor?: string | null;
            /**
             * Epochs
             * @description Oldest first
             */
            epochs: components["schemas"]["EpochFigures"][];
        };
        /**
         * ExperimentList
         * @description Some experiments.
         */
        ExperimentList: {
            /**
             * Experiments
             * @description Newest first
             */
            experiments: components["schemas"]["ExperimentSummary"][];
            /**
             * Next Cursor
             * @description Give as `cursor` for the next page
             */
            next_cursor?: string | null;
        };
        /**
         * ExperimentRun
         * @description One training of an experiment.
         */
        ExperimentRun: {
            /**
             * Name
             * @description Name of the run
             */
            name: string;
            /**
             * Combination
             * @description Its place in the experiment's `combinations`
             */
            combination: number;
            /**
             * Label
             * @description Its combination, for people
             */
            label: string;
            /**
             * Seed
             * @description That decides its random choices
             */
            seed: number;
            /**
             * State
             * @description `missing`: it was deleted by itself
             */
            state: ("queued" | "running" | "paused" | "succeeded" | "failed" | "cancelled") | "missing";
            /**
             * Epoch
             * @description Epochs that are done
             */
            epoch: number;
            /**
             * Epochs
             * @description Epochs that were asked for
             */
            epochs: number;
            /**
             * Maps
             * @description Newest epoch that has a class map, if there is one
             */
            maps: number[];
            /**
             * Error
             * @description Why it failed, in one sentence
             */
            error: string | null;
        };
        /**
         * ExperimentSpec
         * @description What is compared: every combination of the varied values, trained once with each seed.
         * @example {
         *       "base": {
         *         "dataset": "digits",
         *         "epochs": 100
         *       },
         *       "name": "relu-or-elu",
         *       "seeds": [
         *         0,
         *         1,
         *         2
         *       ],
         *       "vary": {
         *         "network.activation": [
         *           "relu",
         *           "elu"
         *         ]
         *       }
         *     }
         */
        ExperimentSpec: {
            /**
             * Name
             * @description Lower-case letters, digits and hyphens, 63 at most, a letter or digit first
             * @example mnist-2d
             */
            name: string;
            /**
             * Base
             * @description TrainingSpec that all runs share; its `name` may be left out, since each run gets one made from the experiment's
             * @example {
             *       "dataset": "digits",
             *       "epochs": 100
             *     }
             */
            base: {
                [key: string]: unknown;
            };
            /**
             * Vary
             * @description By dotted path of a field of the training spec, the values that it takes. A path that ends in `.name` replaces the whole part, with the defaults of the one named
             * @example {
             *       "latent.dim": [
             *         2,
             *         3
             *       ],
             *       "network.activation": [
             *         "relu",
             *         "leaky_relu"
             *       ]
             *     }
             */
            vary?: {
                [key: string]: unknown[];
            };
            /**
             * Seeds
             * @description Each combination is trained once with each; the base's if not given
             */
            seeds?: number[] | null;
        };
        /**
         * ExperimentSummary
         * @description How an experiment stands.
         */
        ExperimentSummary: {
            /**
             * Name
             * @description Name of the experiment
             */
            name: string;
            /**
             * State
             * @description What follows from its runs: `running` as soon as one has begun, at the end the worst of their outcomes; `missing` when all have been deleted
             */
            state: ("queued" | "running" | "paused" | "succeeded" | "failed" | "cancelled") | "missing";
            /**
             * Submitted
             * Format: date-time
             * @description When, in UTC
             */
            submitted: string;
            /**
             * Seeds
             * @description With each of which every combination is trained
             */
            seeds: number[];
            /**
             * States
             * @description Number of its runs in each state
             */
            states: {
                [key: string]: number;
            };
            /**
             * Varied
             * @description Paths of the fields that are varied
             */
            varied: string[];
        };
        /**
         * ExperimentView
         * @description An experiment with its runs and their comparison.
         */
        ExperimentView: {
            /**
             * Name
             * @description Name of the experiment
             */
            name: string;
            /**
             * State
             * @description What follows from its runs: `running` as soon as one has begun, at the end the worst of their outcomes; `missing` when all have been deleted
             */
            state: ("queued" | "running" | "paused" | "succeeded" | "failed" | "cancelled") | "missing";
            /**
             * Submitted
             * Format: date-time
             * @description When, in UTC
             */
            submitted: string;
            /**
             * Seeds
             * @description With each of which every combination is trained
             */
            seeds: number[];
            /**
             * States
             * @description Number of its runs in each state
             */
            states: {
                [key: string]: number;
            };
            /** @description What was asked */
            spec: components["schemas"]["ExperimentSpec"];
            /**
             * Combinations
             * @description All choices of the varied values; the last varied field changes fastest
             */
            combinations: components["schemas"]["CombinationView"][];
            /**
             * Runs
             * @description In the order in which they are trained
             */
            runs: components["schemas"]["ExperimentRun"][];
            /** @description Over the seeds, by the asked metric */
            comparison: components["schemas"]["Comparison"];
        };
        /**
         * Export
         * @description Which epochs become versions of the model.
         */
        Export: {
            /**
             * Every
             * @description Epochs from one version to the next; the last epoch is always one
             * @default 10
             */
            every?: number;
            /**
             * Keep
             * @description Newest versions that are kept
             * @default 20
             */
            keep?: number;
            /**
             * States
             * @description Whose training states are kept, from which the run can be forked: the last epoch's alone, or all versions', which the loss surface needs too
             * @default last
             * @enum {string}
             */
            states?: "last" | "all";
        };
        /**
         * ExtendRequest
         * @description To how many epochs a run goes on.
         * @example {
         *       "epochs": 100
         *     }
         */
        ExtendRequest: {
            /**
             * Epochs
             * @description Epochs in all, those that are trained already included
             */
            epochs: number;
        };
        /**
         * FieldChange
         * @description A field of the training spec that two trainings differ in.
         */
        FieldChange: {
            /**
             * Field
             * @description Dotted path
             * @example optimizer.generator.learning_rate
             */
            field: string;
            /**
             * Before
             * @description Value in the parent; null: none
             */
            before: unknown;
            /**
             * After
             * @description Value in the fork; null: none
             */
            after: unknown;
        };
        /**
         * ForkPreviewRequest
         * @description The same, while it has no name yet.
         * @example {
         *       "changes": {
         *         "optimizer": {
         *           "generator": {
         *             "learning_rate": 0.0005
         *           }
         *         }
         *       },
         *       "epoch": 40,
         *       "epochs": 80
         *     }
         */
        ForkPreviewRequest: {
            /**
             * Name
             * @description Of the run that would be made
             * @default fork
             * @example mnist-2d
             */
            name?: string;
            /**
             * Epoch
             * @description Epoch whose state it begins with; the newest that is kept if not given
             */
            epoch?: number | null;
            /**
             * Epochs
             * @description Epochs that it trains to, those before the fork included. If not given: as many as its parent or, where that has trained them all, as many more
             */
            epochs?: number | null;
            /**
             * Changes
             * @description Parts of a training spec; what they leave out stays as it was. Possible are `loss`, `optimizer`, `regularization`, `network.dropout`, `batch_size`, `seed`, `precision`, `monitor`, `export` and `stop`
             * @default {}
             * @example {
             *       "optimizer": {
             *         "generator": {
             *           "learning_rate": 0.0005
             *         }
             *       }
             *     }
             */
            changes?: {
                [key: string]: unknown;
            };
        };
        /**
         * ForkRequest
         * @description From which state, and what is to be different.
         * @example {
         *       "changes": {
         *         "optimizer": {
         *           "generator": {
         *             "learning_rate": 0.0005
         *           }
         *         }
         *       },
         *       "epoch": 40,
         *       "epochs": 80,
         *       "name": "warmer"
         *     }
         */
        ForkRequest: {
            /**
             * Name
             * @description Of the run that is made, and of its model
             * @example warmer
             */
            name: string;
            /**
             * Epoch
             * @description Epoch whose state it begins with; the newest that is kept if not given
             */
            epoch?: number | null;
            /**
             * Epochs
             * @description Epochs that it trains to, those before the fork included. If not given: as many as its parent or, where that has trained them all, as many more
             */
            epochs?: number | null;
            /**
             * Changes
             * @description Parts of a training spec; what they leave out stays as it was. Possible are `loss`, `optimizer`, `regularization`, `network.dropout`, `batch_size`, `seed`, `precision`, `monitor`, `export` and `stop`
             * @default {}
             * @example {
             *       "optimizer": {
             *         "generator": {
             *           "learning_rate": 0.0005
             *         }
             *       }
             *     }
             */
            changes?: {
                [key: string]: unknown;
            };
        };
        /**
         * GenerateRequest
         * @description Either `points`, or `count` and `seed`.
         * @example {
         *       "points": [
         *         [
         *           0.5,
         *           -0.2
         *         ],
         *         [
         *           0,
         *           0
         *         ]
         *       ]
         *     }
         * @example {
         *       "count": 16,
         *       "scale": 2,
         *       "seed": 1
         *     }
         */
        GenerateRequest: {
            /**
             * Points
             * @description n points of d coordinates: float[n, d]
             */
            points?: number[][] | null;
            /**
             * Count
             * @description Points to draw from the prior
             */
            count?: number | null;
            /**
             * Seed
             * @description Decides the points; 0 if not given
             */
            seed?: number | null;
            /**
             * Labels
             * @description Conditional models: class id of each point
             */
            labels?: number[] | null;
            /**
             * Scale
             * @description PNG and GIF: pixels a side for every one of the image; 1 if not given
             */
            scale?: number | null;
            /**
             * Version
             * @description The newest available one if not given
             */
            version?: number | null;
        };
        /**
         * Generated
         * @description Images of n points.
         */
        Generated: {
            /**
             * Model
             * @description Name of the model
             */
            model: string;
            /**
             * Version
             * @description Version that answered: an exported epoch
             */
            version: number;
            /**
             * Points
             * @description The n points, also those that were drawn: float[n, d]
             */
            points: number[][];
            /**
             * Images
             * @description base64 PNG, one for each point
             */
            images: string[];
            /**
             * Classes
             * @description What the classifier sees in each image
             */
            classes: components["schemas"]["ImageClass"][];
        };
        /**
         * GuessingLosses
         * @description The losses while the discriminator can tell nothing and gives every image the same answer.
         */
        GuessingLosses: {
            /**
             * Generator
             * @description Of the generator
             */
            generator: number;
            /**
             * Discriminator
             * @description Of the discriminator
             */
            discriminator: number;
        };
        /**
         * ImageClass
         * @description The class that the classifier sees in an image.
         */
        ImageClass: {
            /**
             * Label
             * @description Name of the class
             */
            label: string;
            /**
             * Index
             * @description Its number in the model's `classes`
             */
            index: number;
            /**
             * Probability
             * @description 0 to 1
             */
            probability: number;
        };
        /**
         * InterpolateRequest
         * @description A walk from one point to another.
         * @example {
         *       "end": [
         *         1,
         *         1
         *       ],
         *       "start": [
         *         -1,
         *         -1
         *       ],
         *       "steps": 12
         *     }
         */
        InterpolateRequest: {
            /**
             * Start
             * @description Where the walk starts: float[d]
             */
            start: number[];
            /**
             * End
             * @description Where it ends: float[d]
             */
            end: number[];
            /**
             * Steps
             * @description Images, both ends included
             */
            steps: number;
            /**
             * Label
             * @description Conditional models: class id
             */
            label?: number | null;
            /**
             * Path
             * @description A straight line
             * @default linear
             */
            path?: string;
            /**
             * Scale
             * @description PNG and GIF: pixels a side for every one of the image; 1 if not given
             */
            scale?: number | null;
            /**
             * Version
             * @description The newest available one if not given
             */
            version?: number | null;
        };
        /**
         * Interpolated
         * @description Images on the way from one point to another, both included.
         */
        Interpolated: {
            /**
             * Model
             * @description Name of the model
             */
            model: string;
            /**
             * Version
             * @description Version that answered: an exported epoch
             */
            version: number;
            /**
             * Points
             * @description The n points, also those that were drawn: float[n, d]
             */
            points: number[][];
            /**
             * Images
             * @description base64 PNG, one for each point
             */
            images: string[];
            /**
             * Classes
             * @description What the classifier sees in each image
             */
            classes: components["schemas"]["ImageClass"][];
            /**
             * Crossings
             * @description Where the class changes, in the order of the way
             */
            crossings: components["schemas"]["Crossing"][];
        };
        /**
         * JudgeFigures
         * @description Opinions of discriminator and two-sample network, and how the latent space is stretched.
         */
        JudgeFigures: {
            /**
             * Agreement
             * @description Rank correlation (Spearman) of the discriminator's and the two-sample network's opinion over the map, -1 to 1; null where one of them says the same everywhere
             */
            agreement?: number | null;
            /**
             * Discriminator Alone
             * @description Share of the map that the discriminator takes for real (above 0.5) and the two-sample network does not, 0 to 1
             */
            discriminator_alone: number;
            /**
             * Two Sample Alone
             * @description Share of the map that the two-sample network takes for real and the discriminator does not, 0 to 1
             */
            two_sample_alone: number;
            /**
             * Discriminator Calibration
             * @description Expected calibration error of the discriminator on as many held-out real images as generated ones (10 bins, Guo et al. 2017), 0 to 1; 0: of those it calls 80 % real, 80 % are
             */
            discriminator_calibration: number;
            /**
             * Two Sample Calibration
             * @description The same of the two-sample network, 0 to 1
             */
            two_sample_calibration: number;
            /**
             * Stretch Mean
             * @description Mean of `stretch` over the map: how far the image moves for a step in the latent space
             */
            stretch_mean: number;
            /**
             * Stretch Range
             * @description 95 % of the map lie between these values of `stretch`
             */
            stretch_range: [
                number,
                number
            ];
            /**
             * Surface
             * @description Area (volume, ...) of the images of the whole map: the integral of stretch^d over the latent box
             */
            surface: number;
        };
        /**
         * Judged
         * @description What the judges of a version say.
         */
        Judged: {
            /**
             * Model
             * @description Name of the model
             */
            model: string;
            /**
             * Version
             * @description Version that answered: an exported epoch
             */
            version: number;
            /**
             * Judgements
             * @description One for each image
             */
            judgements: components["schemas"]["Judgement"][];
        };
        /**
         * Judgement
         * @description What all three say of one image.
         */
        Judgement: {
            /**
             * Classes
             * @description All classes, the most probable one first
             */
            classes: components["schemas"]["ImageClass"][];
            /** @description Real or generated, trained against it */
            discriminator: components["schemas"]["DiscriminatorOpinion"];
            /** @description Real or generated, trained apart */
            two_sample: components["schemas"]["TwoSampleOpinion"];
        };
        /**
         * JudgesReport
         * @description What the judges of the newest version say of its map.
         */
        JudgesReport: {
            /**
             * Epoch
             * @description Of the training, after which the version was exported
             */
            epoch: number;
            /** @description Their figures */
            figures: components["schemas"]["JudgeFigures"];
        };
        /**
         * KeepDataset
         * @description How a previewed upload is kept.
         * @example {
         *       "classes": {
         *         "0": "hills"
         *       },
         *       "name": "landscapes"
         *     }
         */
        KeepDataset: {
            /**
             * Name
             * @description Name of the data set, which has to be free
             */
            name: string;
            /**
             * Classes
             * @description Other names for some of its classes, by the names they have
             */
            classes?: {
                [key: string]: string;
            };
        };
        /**
         * KeptState
         * @description A training state on the disk.
         */
        KeptState: {
            /**
             * Epoch
             * @description After which it was saved; a run can be forked here
             */
            epoch: number;
            /**
             * Bytes
             * @description Its size; files that a fork shares are counted in both
             */
            bytes: number;
        };
        /**
         * KeptStates
         * @description The training states that a run keeps.
         */
        KeptStates: {
            /**
             * Epochs
             * @description Epochs at which it can be forked, oldest first
             */
            epochs: number[];
            /**
             * Bytes
             * @description What they weigh on the disk
             */
            bytes: number;
        };
        /**
         * LabelFidelity
         * @description Of a conditional model: share of images whose class is the label that was asked for, 0 to 1.
         */
        LabelFidelity: {
            /**
             * Overall
             * @description Over all labels, as frequent as in the test images
             */
            overall: number;
            /**
             * Labels
             * @description For each label
             */
            labels: {
                [key: string]: number;
            };
        };
        /**
         * Latent
         * @description The space that is sampled, and that the atlas draws.
         */
        Latent: {
            /**
             * Dim
             * @description Number of latent dimensions
             * @default 2
             */
            dim?: number;
            /**
             * Prior
             * @description uniform on [-1, 1]^dim, so that a map shows all of it; or normal
             * @default uniform
             * @enum {string}
             */
            prior?: "uniform" | "normal";
            /**
             * Folds
             * @description Octaves of Fourier features of the point that the generator sees beside it, so that a thin latent space reaches more images: each doubles how often the map may change along an axis; 0 is the study's generator
             * @default 0
             */
            folds?: number;
        };
        /**
         * LayerActivations
         * @description What one layer puts out at one point, after its activation function.
         */
        LayerActivations: {
            /**
             * Name
             * @description Name of the layer
             */
            name: string;
            /**
             * Shape
             * @description Height, width and channels
             */
            shape: number[];
            /**
             * Mean
             * @description Mean over all units
             */
            mean: number;
            /**
             * Dead
             * @description Share of units that put out exactly zero at this point, 0 to 1
             */
            dead: number;
            /**
             * Range
             * @description Smallest and largest output: black and white of `channels`
             */
            range: number[];
            /**
             * Average
             * @description base64 PNG of the mean over the channels, black to white
             */
            average: string;
            /**
             * Average Range
             * @description Its smallest and largest value
             */
            average_range: number[];
            /**
             * Channels
             * @description base64 PNG of all channels side by side, ⌈√channels⌉ in a row
             */
            channels: string;
        };
        /**
         * LayerCard
         * @description One layer whose output can be seen and edited.
         */
        LayerCard: {
            /**
             * Name
             * @description Name of the layer
             */
            name: string;
            /**
             * Shape
             * @description Height, width and channels, without the batch
             */
            shape: number[];
        };
        /**
         * LayerPreview
         * @description One layer of a network.
         */
        LayerPreview: {
            /**
             * Name
             * @description Unique in its network
             */
            name: string;
            /**
             * Type
             * @description Kind of layer
             * @enum {string}
             */
            type: "FourierFeatures" | "Embedding" | "Multiply" | "Concatenate" | "Dense" | "Reshape" | "BatchNorm" | "Activation" | "Conv" | "ConvTranspose" | "Dropout" | "Flatten" | "Projection";
            /**
             * Output Shape
             * @description Without the batch
             */
            output_shape: number[];
            /**
             * Parameters
             * @description Number of its weights
             */
            parameters: number;
        };
        /**
         * LeakyReLU
         * @description x above zero, a small slope below: no unit can die.
         */
        LeakyReLU: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            name: "leaky_relu";
            /**
             * Negative Slope
             * @description Slope below zero
             * @default 0.3
             */
            negative_slope?: number;
        };
        /**
         * Located
         * @description The best point that was found, and others whose images are less like the given one.
         */
        Located: {
            /**
             * Point
             * @description Its coordinates: float[d]
             */
            point: number[];
            /**
             * Label
             * @description Conditional models: the class that was asked for, else null
             */
            label: number | null;
            /**
             * Image
             * @description base64 PNG of what the model makes of the point
             */
            image: string;
            /** @description What the classifier sees in that image */
            class: components["schemas"]["ImageClass"];
            /**
             * Distance
             * @description Root of the mean squared difference of all pixels, each between 0 and 1: 0 is the same image, 1 black against white
             */
            distance: number;
            /**
             * Model
             * @description Name of the model
             */
            model: string;
            /**
             * Version
             * @description Version that answered: an exported epoch
             */
            version: number;
            /**
             * Measure
             * @description What `distance` is
             * @default rms
             * @constant
             */
            measure?: "rms";
            /**
             * Compared
             * @description base64 PNG of the image as it was compared: in the model's shape
             */
            compared: string;
            /** @description What the classifier sees in it; null for versions that were exported without `judge` */
            seen: components["schemas"]["ImageClass"] | null;
            /**
             * Alternatives
             * @description Up to four more local optima, the best first: those of the seen class before others if its probability is at least 0.6, and then by how alike the classifier finds the images and by `distance`
             */
            alternatives: components["schemas"]["Place"][];
            /**
             * Computed
             * @description Points whose images were computed for this answer
             */
            computed: number;
        };
        /**
         * LossSurface
         * @description The loss of one network over a plane in the space of its weights, and the training's path there.
         *
         *     Everything but the weights of this network is held: the other network at the newest state, and one batch
         *     of real images and latent points. The loss is the spec's own, without penalties, without dropout, batch
         *     norm with the batch's statistics, in float32.
         */
        LossSurface: {
            /**
             * Run
             * @description Name of the run
             */
            run: string;
            /**
             * Network
             * @description Whose weights and whose loss
             * @enum {string}
             */
            network: "generator" | "discriminator";
            /**
             * Directions
             * @description What spans the plane
             * @enum {string}
             */
            directions: "path" | "random";
            /**
             * Epoch
             * @description Of the newest training state at that time, which lies at (0, 0); the other network is held there
             */
            epoch: number;
            /**
             * Images
             * @description Real images, and as many latent points, that the loss is a mean over
             */
            images: number;
            /**
             * Explained
             * @description Share of the path that lies in the plane, 0 to 1: of the squared distances of all states from the newest
             */
            explained: number;
            /**
             * Axes
             * @description The values of x and of y, rising. `path`: Euclidean distances in the space of the weights; `random`: 1 is a step as large as the weights themselves
             */
            axes: [
                number[],
                number[]
            ];
            /**
             * Loss
             * @description Rows: `loss[j][i]` belongs to (x_i, y_j); null: no finite number
             */
            loss: (number | null)[][];
            /**
             * Path
             * @description The states, oldest first
             */
            path: components["schemas"]["PathPoint"][];
            /**
             * Made
             * Format: date-time
             * @description When it was finished, in UTC
             */
            made: string;
        };
        /**
         * LossSurfaceJob
         * @description A loss surface that was asked for last, and how it stands.
         */
        LossSurfaceJob: {
            /**
             * Run
             * @description Name of the run
             */
            run: string;
            /**
             * Network
             * @description Whose weights and whose loss
             * @enum {string}
             */
            network: "generator" | "discriminator";
            /**
             * Directions
             * @description What spans the plane
             * @enum {string}
             */
            directions: "path" | "random";
            /**
             * Resolution
             * @description Values along each axis
             */
            resolution: number;
            /**
             * State
             * @description Where it stands; it waits in one line with the trainings
             * @enum {string}
             */
            state: "queued" | "running" | "succeeded" | "failed" | "cancelled";
            /**
             * Position
             * @description Of a queued one: 1 is the next in the line, trainings included
             */
            position?: number | null;
            /** @description While it runs: points of the plane */
            progress: components["schemas"]["Progress"];
            /**
             * Asked
             * Format: date-time
             * @description When, in UTC
             */
            asked: string;
            /**
             * Error
             * @description Why it failed, in one sentence
             */
            error: string | null;
        };
        /**
         * LossSurfaceRequest
         * @description Which surface, and how finely.
         * @example {
         *       "directions": "path",
         *       "network": "generator",
         *       "resolution": 41
         *     }
         */
        LossSurfaceRequest: {
            /**
             * Network
             * @description Whose weights and whose loss
             * @default generator
             * @enum {string}
             */
            network?: "generator" | "discriminator";
            /**
             * Directions
             * @description What spans the plane: the first two principal components of the training's path, or two random directions with the size of the filters (Li et al. 2018)
             * @default path
             * @enum {string}
             */
            directions?: "path" | "random";
            /**
             * Resolution
             * @description Values along each axis; the time grows with its square
             * @default 41
             */
            resolution?: number;
        };
        /**
         * LossSurfaceSummary
         * @description A loss surface that can be read.
         */
        LossSurfaceSummary: {
            /**
             * Network
             * @description Whose weights and whose loss
             * @enum {string}
             */
            network: "generator" | "discriminator";
            /**
             * Directions
             * @description What spans the plane
             * @enum {string}
             */
            directions: "path" | "random";
            /**
             * Resolution
             * @description Values along each axis
             */
            resolution: number;
            /**
             * Epoch
             * @description Of the newest training state at that time
             */
            epoch: number;
            /**
             * Made
             * Format: date-time
             * @description When, in UTC
             */
            made: string;
        };
        /**
         * LossSurfaces
         * @description The loss surfaces of a run.
         */
        LossSurfaces: {
            /**
             * Results
             * @description Those that can be read, newest first
             */
            results: components["schemas"]["LossSurfaceSummary"][];
            /** @description The one that was asked for last; null: none was, or it has been removed */
            job: components["schemas"]["LossSurfaceJob"] | null;
        };
        /**
         * MapEffect
         * @description What edits do to the map.
         */
        MapEffect: {
            /**
             * Before
             * @description Without the edits
             */
            before: components["schemas"]["ClassMap"] | components["schemas"]["ScalarMap"];
            /**
             * After
             * @description With the edits
             */
            after: components["schemas"]["ClassMap"] | components["schemas"]["ScalarMap"];
            /**
             * Changed
             * @description Share of cells whose class changed, 0 to 1; of a map of numbers the mean absolute difference, in their unit
             */
            changed: number;
        };
        /**
         * ModelCard
         * @description What a version says of itself; written once, with the version.
         */
        ModelCard: {
            /**
             * Uid
             * @description Unlike that of any other version, also of a later model of this name
             */
            uid: string;
            /**
             * Name
             * @description Name of the model, which is the name of its run
             */
            name: string;
            /**
             * Version
             * @description Epoch at which it was exported
             */
            version: number;
            /**
             * Run
             * @description Name of the run that trained it
             */
            run: string;
            /**
             * Dataset
             * @description Name of the data set that it was trained on
             */
            dataset: string;
            /**
             * Latent Dim
             * @description Number of latent dimensions: d
             */
            latent_dim: number;
            /**
             * Prior
             * @description `uniform` on [-1, 1]^d or standard `normal`
             */
            prior: string;
            /**
             * Conditional
             * @description Whether it needs a class id beside each point
             */
            conditional: boolean;
            /**
             * Classes
             * @description Names of the classes, in the order of their ids
             */
            classes: string[];
            /**
             * Image Shape
             * @description Height, width, channels
             */
            image_shape: [
                number,
                number,
                number
            ];
            /**
             * Layers
             * @description Layers that can be looked into and edited, from the first to the last
             */
            layers: components["schemas"]["LayerCard"][];
            /**
             * Precision
             * @description float32 or mixed_bfloat16
             */
            precision: string;
            /**
             * Classifier Sha256
             * @description Hash of the weights of the classifier inside
             */
            classifier_sha256: string;
            /**
             * Classifier Accuracy
             * @description On the data set's test images, 0 to 1
             */
            classifier_accuracy: number;
            /**
             * Themes
             * @description Themes that its maps can show; those of earlier releases: classes alone
             * @default [
             *       "class"
             *     ]
             */
            themes?: string[];
            /** @description Of the network that `two_sample` asks */
            two_sample?: components["schemas"]["TwoSampleCard"] | null;
            /** @description Of the training images behind `novelty` */
            reference?: components["schemas"]["ReferenceCard"] | null;
            /** @description Of the points of real images */
            real_images?: components["schemas"]["RealImagesCard"] | null;
            /**
             * Lineage
             * @description Runs whose states its run grew from, nearest first
             * @default []
             */
            lineage?: components["schemas"]["Ancestor"][];
            /** @description What was asked of the training */
            spec: components["schemas"]["TrainingSpec"];
            /**
             * Metrics
             * @description The epoch's figures at export
             */
            metrics: {
                [key: string]: unknown;
            };
            /**
             * Created
             * @description When, ISO 8601 in UTC
             */
            created: string;
            /**
             * Libraries
             * @description Versions of what trained and exported it
             */
            libraries: {
                [key: string]: string;
            };
        };
        /**
         * ModelList
         * @description Some models.
         */
        ModelList: {
            /**
             * Next Cursor
             * @description Give as `cursor` for the next page
             */
            next_cursor?: string | null;
            /**
             * Models
             * @description By name
             */
            models: components["schemas"]["ModelView"][];
        };
        /**
         * ModelView
         * @description An exported model: what it is, and which versions there are.
         */
        ModelView: {
            /**
             * Name
             * @description Name of the model, which is that of its run
             */
            name: string;
            /**
             * Versions
             * @description Exported epochs, oldest first
             */
            versions: number[];
            /**
             * Loaded
             * @description Versions that the model server has ready
             */
            loaded: number[];
            /**
             * Latent Dim
             * @description Number of latent dimensions: d
             */
            latent_dim: number;
            /**
             * Prior
             * @description `uniform` on [-1, 1]^d or standard `normal`: from which training drew its points
             */
            prior: string;
            /**
             * Conditional
             * @description Whether it needs a class id beside each point
             */
            conditional: boolean;
            /**
             * Classes
             * @description Names of the classes, in the order of their ids
             */
            classes: string[];
            /**
             * Image Shape
             * @description Height, width and channels of its images, in pixels
             */
            image_shape: number[];
            /**
             * Layers
             * @description Layers that can be looked into and edited, from the first to the last
             */
            layers: components["schemas"]["LayerCard"][];
            /**
             * Themes
             * @description What maps of the newest version can show; older ones may have fewer
             */
            themes: components["schemas"]["ThemeView"][];
            /**
             * Run
             * @description Name of the run that trained it
             */
            run: string;
            /** @description Card of the newest version */
            card: components["schemas"]["ModelCard"];
        };
        /**
         * Monitor
         * @description What is looked at while the training runs, and how often (in epochs).
         */
        Monitor: {
            /**
             * Snapshot Every
             * @description Epochs from one sheet of images to the next
             * @default 1
             */
            snapshot_every?: number;
            /**
             * Map Every
             * @description Epochs from one class map to the next
             * @default 1
             */
            map_every?: number;
            /**
             * Map Resolution
             * @description Points along each axis; null: 100 in 2D, 16 in 3D and more
             */
            map_resolution?: number | null;
            /**
             * Weak Test Every
             * @description Epochs from one weak two-sample test to the next
             * @default 10
             */
            weak_test_every?: number;
        };
        /**
         * Nadam
         * @description Adam with Nesterov momentum (Dozat 2016).
         */
        Nadam: {
            /**
             * Learning Rate
             * @description Step size
             * @default 0.0001
             */
            learning_rate?: number;
            /**
             * Schedule
             * @description cosine: the step size falls along half a cosine to zero at the last epoch, so that the map settles
             * @default constant
             * @enum {string}
             */
            schedule?: "constant" | "cosine";
            /**
             * Beta 1
             * @description Decay of the mean of the gradients
             * @default 0.9
             */
            beta_1?: number;
            /**
             * Beta 2
             * @description Decay of the mean of their squares
             * @default 0.999
             */
            beta_2?: number;
            /**
             * Epsilon
             * @description Keeps the division finite
             * @default 1e-7
             */
            epsilon?: number;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            name: "nadam";
        };
        /**
         * NetworkPreview
         * @description One network, layer by layer.
         */
        NetworkPreview: {
            /**
             * Total
             * @description Number of weights
             */
            total: number;
            /**
             * Trainable
             * @description Of these, those that training changes by gradients
             */
            trainable: number;
            /**
             * Non Trainable
             * @description Of these, the others: the moving averages of batch normalisation
             */
            non_trainable: number;
            /**
             * Layers
             * @description From the input to the output
             */
            layers: components["schemas"]["LayerPreview"][];
        };
        /**
         * NetworkSpec
         * @description Generator and discriminator.
         */
        NetworkSpec: {
            /**
             * Architecture
             * @description dcgan28 makes 28×28 images, dcgan64 64×64
             * @default dcgan28
             * @enum {string}
             */
            architecture?: "dcgan28" | "dcgan64";
            /**
             * Activation
             * @description After every hidden layer of the generator
             * @default {
             *       "name": "leaky_relu",
             *       "negative_slope": 0.3
             *     }
             */
            activation?: components["schemas"]["ReLU"] | components["schemas"]["LeakyReLU"] | components["schemas"]["PReLU"] | components["schemas"]["ELU"] | components["schemas"]["RReLU"];
            /**
             * Discriminator Activation
             * @description After every hidden layer of the discriminator, so that generators with different activations are compared against one and the same discriminator
             * @default {
             *       "name": "leaky_relu",
             *       "negative_slope": 0.3
             *     }
             */
            discriminator_activation?: components["schemas"]["ReLU"] | components["schemas"]["LeakyReLU"] | components["schemas"]["PReLU"] | components["schemas"]["ELU"] | components["schemas"]["RReLU"];
            /**
             * Conditioning
             * @description How conditional networks take in the class: multiply it into the input, as the study does; or projection, where the generator sees it beside the point and the discriminator compares it with what it found in the image
             * @default multiply
             * @enum {string}
             */
            conditioning?: "multiply" | "projection";
            /**
             * Batch Norm
             * @description Batch normalisation in the generator
             * @default true
             */
            batch_norm?: boolean;
            /**
             * Dropout
             * @description Share dropped in the discriminator
             * @default 0.3
             */
            dropout?: number;
            /**
             * Filters
             * @description Width of the networks; null for the architecture's own 64
             */
            filters?: number | null;
            /**
             * Kernel Size
             * @description Side of every kernel, in pixels; null for the architecture's
             */
            kernel_size?: number | null;
        };
        /**
         * Optimizers
         * @description One for each network.
         */
        Optimizers: {
            /**
             * Generator
             * @description Moves its weights
             * @default {
             *       "learning_rate": 0.0001,
             *       "schedule": "constant",
             *       "beta_1": 0.9,
             *       "beta_2": 0.999,
             *       "epsilon": 1e-7,
             *       "name": "adam"
             *     }
             */
            generator?: components["schemas"]["SGD"] | components["schemas"]["Adam"] | components["schemas"]["Nadam"];
            /**
             * Discriminator
             * @description Moves its weights
             * @default {
             *       "learning_rate": 0.0001,
             *       "schedule": "constant",
             *       "beta_1": 0.9,
             *       "beta_2": 0.999,
             *       "epsilon": 1e-7,
             *       "name": "adam"
             *     }
             */
            discriminator?: components["schemas"]["SGD"] | components["schemas"]["Adam"] | components["schemas"]["Nadam"];
        };
        /**
         * Origin
         * @description How a fork began.
         */
        Origin: {
            /**
             * Changes
             * @description What it trains with differently
             */
            changes: components["schemas"]["FieldChange"][];
            /** @description From the parent's state beside the networks */
            taken_over: components["schemas"]["TakenOver"];
        };
        /**
         * PReLU
         * @description Leaky ReLU whose slope is learnt for each channel (He et al. 2015).
         */
        PReLU: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            name: "prelu";
            /**
             * Initial Slope
             * @description Slope below zero at the start
             * @default 0.25
             */
            initial_slope?: number;
        };
        /**
         * ParameterCount
         * @description Numbers of weights of one network.
         */
        ParameterCount: {
            /**
             * Total
             * @description All of them
             */
            total: number;
            /**
             * Trainable
             * @description Those that training changes by gradients
             */
            trainable: number;
            /**
             * Non Trainable
             * @description Moving statistics of batch normalisation
             */
            non_trainable: number;
        };
        /**
         * PathPoint
         * @description A training state on the plane.
         */
        PathPoint: {
            /**
             * Epoch
             * @description After which it was saved
             */
            epoch: number;
            /**
             * X
             * @description Its place along the first direction
             */
            x: number;
            /**
             * Y
             * @description Its place along the second direction
             */
            y: number;
            /**
             * Distance
             * @description Of its weights from the plane, as a Euclidean norm: it hovers over its place
             */
            distance: number;
            /**
             * Loss
             * @description At its own weights, not at those of its place on the plane; null: no finite number
             */
            loss: number | null;
        };
        /**
         * PixelCoverage
         * @description How near the map comes to the data set's held-out images, in pixels: which classes it lacks.
         */
        PixelCoverage: {
            /**
             * Epoch
             * @description Of the training, after which the version was exported
             */
            epoch: number;
            /**
             * Median Distance
             * @description As of a class, of all held-out images
             */
            median_distance: number;
            /**
             * Covered
             * @description As of a class, of all held-out images
             */
            covered: number;
            /**
             * Classes
             * @description By the name of the class
             */
            classes: {
                [key: string]: components["schemas"]["ClassCoverage"];
            };
        };
        /**
         * Place
         * @description A point whose image is near the asked one.
         */
        Place: {
            /**
             * Point
             * @description Its coordinates: float[d]
             */
            point: number[];
            /**
             * Label
             * @description Conditional models: the class that was asked for, else null
             */
            label: number | null;
            /**
             * Image
             * @description base64 PNG of what the model makes of the point
             */
            image: string;
            /** @description What the classifier sees in that image */
            class: components["schemas"]["ImageClass"];
            /**
             * Distance
             * @description Root of the mean squared difference of all pixels, each between 0 and 1: 0 is the same image, 1 black against white
             */
            distance: number;
        };
        /**
         * Preview
         * @description What would be trained.
         */
        Preview: {
            /** @description With every default filled in */
            spec: components["schemas"]["TrainingSpec"];
            /**
             * State Bytes
             * @description Bytes of one training state; two are kept at most, or with `export.states: all` one for each version
             * @default 0
             */
            state_bytes?: number;
            /** @description From a latent point to an image */
            generator: components["schemas"]["NetworkPreview"];
            /** @description From an image to a judgement */
            discriminator: components["schemas"]["NetworkPreview"];
        };
        /**
         * Progress
         * @description Where a running training is within its epoch; replaced about once a second.
         */
        Progress: {
            /**
             * Phase
             * @description What it is doing, in words for people
             * @default
             */
            phase?: string;
            /**
             * Step
             * @description Steps of the phase that are done
             * @default 0
             */
            step?: number;
            /**
             * Steps
             * @description Steps of the phase; 0: not known
             * @default 0
             */
            steps?: number;
        };
        /**
         * PruneRequest
         * @description Which states stay.
         * @example {
         *       "keep": [
         *         40
         *       ]
         *     }
         */
        PruneRequest: {
            /**
             * Keep
             * @description Epochs whose states stay beside the newest
             * @default []
             */
            keep?: number[];
        };
        /**
         * PrunedStates
         * @description What was removed.
         */
        PrunedStates: {
            /**
             * Removed
             * @description Epochs whose states were removed
             */
            removed: number[];
            /**
             * Kept
             * @description Epochs whose states are kept
             */
            kept: number[];
            /**
             * Freed
             * @description Bytes that the disk has again; what a fork shares stays
             */
            freed: number;
        };
        /**
         * QualityFigures
         * @description Generated against real test images, in the classifier's last but one layer.
         *
         *     They mean something beside figures of the same classifier alone.
         */
        QualityFigures: {
            /**
             * Classifier Sha256
             * @description Of the classifier's weights
             */
            classifier_sha256: string;
            /**
             * Feature Dim
             * @description Units of its last but one layer
             */
            feature_dim: number;
            /**
             * Real Images
             * @description Test images compared
             */
            real_images: number;
            /**
             * Generated Images
             * @description Generated images compared
             */
            generated_images: number;
            /**
             * Frechet Distance
             * @description Fréchet distance (Heusel et al. 2017); 0 is best
             */
            frechet_distance: number;
            /**
             * Frechet Floor
             * @description The same between real training and real test images: what no generator need go below
             */
            frechet_floor: number;
            /**
             * Kernel Distance
             * @description KID (Bińkowski et al. 2018), kernel (x·y/d + 1)³, unbiased; mean over 100 subsets; 0 is best
             */
            kernel_distance: number;
            /**
             * Kernel Distance Std
             * @description Its standard deviation over the subsets
             */
            kernel_distance_std: number;
            /**
             * Kernel Subset Size
             * @description Images of each kind in a subset
             */
            kernel_subset_size: number;
            /**
             * Precision
             * @description Share of the generated images that lie among real ones, 0 to 1 (Kynkäänniemi et al. 2019, k = 3, ≤)
             */
            precision: number;
            /**
             * Recall
             * @description Share of the real images that lie among generated ones, 0 to 1
             */
            recall: number;
            /**
             * Density
             * @description How densely real images surround generated ones; 1 as for real ones, may be more (Naeem et al. 2020, k = 5, <)
             */
            density: number;
            /**
             * Coverage
             * @description Share of the real images that have a generated neighbour, 0 to 1
             */
            coverage: number;
            /**
             * Classifier Score
             * @description exp of the mean KL(p(y|x) ‖ p(y)) (Salimans et al. 2016), 1 to the number of classes
             */
            classifier_score: number;
            /**
             * Classifier Score Real
             * @description The same of the real test images
             */
            classifier_score_real: number;
        };
        /**
         * RReLU
         * @description Leaky ReLU with a random slope in training and its mean afterwards (Xu et al. 2015).
         */
        RReLU: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            name: "rrelu";
            /**
             * Lower
             * @description Smallest slope below zero
             * @default 0.125
             */
            lower?: number;
            /**
             * Upper
             * @description Largest slope below zero
             * @default 0.3333333333333333
             */
            upper?: number;
        };
        /**
         * RaisedWarning
         * @description A warning of the training.
         */
        RaisedWarning: {
            /**
             * Code
             * @description Stable name of the kind of trouble
             */
            code: string;
            /**
             * Message
             * @description What it means and what one could do
             */
            message: string;
            /**
             * Epoch
             * @description After which it was raised
             */
            epoch?: number | null;
        };
        /**
         * ReLU
         * @description max(x, 0), optionally leaky below a threshold and clipped above (Keras' ReLU).
         */
        ReLU: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            name: "relu";
            /**
             * Max Value
             * @description Upper clip; null for none
             */
            max_value?: number | null;
            /**
             * Threshold
             * @description Inputs below it are cut off
             * @default 0
             */
            threshold?: number;
            /**
             * Negative Slope
             * @description Slope below the threshold
             * @default 0
             */
            negative_slope?: number;
        };
        /**
         * Readiness
         * @description What the gateway can do now, part by part.
         */
        Readiness: {
            /**
             * Status
             * @description degraded: models can be explored, something else cannot; unavailable: answered as 503
             * @enum {string}
             */
            status: "ready" | "degraded" | "unavailable";
            /**
             * Serving
             * @description The model server answers
             */
            serving: boolean;
            /**
             * Queue
             * @description Trainings can be submitted
             */
            queue: boolean;
            /**
             * Cache
             * @description Computed maps are kept
             */
            cache: boolean;
            /**
             * Workers
             * @description Training workers that are ready; null: not known
             */
            workers: number | null;
            /**
             * Reason
             * @description What is amiss, in sentences; not given where nothing is
             */
            reason?: string | null;
        };
        /**
         * RealImage
         * @description A held-out image, at its nearest point of the latent space.
         */
        RealImage: {
            /**
             * Index
             * @description Its number in the test part of the data set
             */
            index: number;
            /**
             * Label
             * @description Its class id
             */
            label: number;
            /**
             * Point
             * @description The nearest point that was found: float[d]
             */
            point: number[];
            /**
             * Distance
             * @description From the image to that of the point: root mean square over pixels in [-1, 1]
             */
            distance: number;
            /** @description What the classifier sees in the image of the point */
            class: components["schemas"]["ClassName"];
        };
        /**
         * RealImageList
         * @description Some held-out images on the map.
         */
        RealImageList: {
            /**
             * Next Cursor
             * @description Give as `cursor` for the next page
             */
            next_cursor?: string | null;
            /**
             * Model
             * @description Name of the model
             */
            model: string;
            /**
             * Version
             * @description Version whose latent space it is: an exported epoch
             */
            version: number;
            /**
             * Dataset
             * @description Name of the data set; its images can be had by their `index`
             */
            dataset: string;
            /**
             * Count
             * @description Images that were looked for, of this label if one is given
             */
            count: number;
            /**
             * Images
             * @description In the order of their indices
             */
            images: components["schemas"]["RealImage"][];
            /** @description Of all of them */
            distance: components["schemas"]["Distances"];
        };
        /**
         * RealImagesCard
         * @description The held-out images that were looked for in a version's latent space.
         */
        RealImagesCard: {
            /**
             * Count
             * @description Images that were looked for
             */
            count: number;
            /**
             * Of
             * @description Images of the data set's test part
             */
            of: number;
        };
        /**
         * Recipe
         * @description How a picture was made.
         */
        Recipe: {
            /**
             * Recipe
             * @description Version of this form
             * @default 1
             * @constant
             */
            recipe?: 1;
            /**
             * Model
             * @description Name of the model
             */
            model: string;
            /**
             * Version
             * @description Its version, never the newest one by default
             */
            version: number;
            /**
             * Uid
             * @description Of the export: a later model of the same name has another
             */
            uid: string;
            /**
             * Operation
             * @description Call that made it
             * @enum {string}
             */
            operation: "generate" | "interpolate" | "map" | "activations" | "ablate" | "timelapse";
            /**
             * Part
             * @description Which picture of the answer: of `generate` a sheet of all images or the image number `index`; of `interpolate` a strip or (GIF) an animation; of `activations` the image, the average or all channels of the one layer; of `ablate` the image after the edits; of `timelapse` (GIF or MP4) the film
             * @enum {string}
             */
            part: "sheet" | "image" | "strip" | "animation" | "map" | "average" | "channels" | "after" | "film";
            /**
             * Index
             * @description Number of the image among the points
             */
            index?: number | null;
            /**
             * Scale
             * @description Pixels of the picture for each of its own
             */
            scale?: number | null;
            /**
             * Parameters
             * @description Of the operation, as its call takes them, with every default filled in
             */
            parameters: {
                [key: string]: unknown;
            };
        };
        /**
         * ReferenceCard
         * @description The training images that `novelty` compares with; versions of one data set share them.
         */
        ReferenceCard: {
            /**
             * Name
             * @description Folder beside the models, in `.references`, that holds them
             */
            name: string;
            /**
             * Images
             * @description How many
             */
            images: number;
            /**
             * Exact
             * @description Whether every pixel is kept as it is
             */
            exact: boolean;
        };
        /**
         * Regularization
         * @description All off by default.
         */
        Regularization: {
            /**
             * Ema
             * @description Decay of the average of the generator's weights; 0 is off
             * @default 0
             */
            ema?: number;
            /**
             * R1
             * @description Weight of the gradient penalty on real images; 0 is off
             * @default 0
             */
            r1?: number;
            /**
             * R2
             * @description Weight of the gradient penalty on generated images; 0 is off
             * @default 0
             */
            r2?: number;
            /**
             * Penalty Every
             * @description Steps from one that computes the gradient penalties to the next; such a step weighs them by as many times, so that their sum stays
             * @default 1
             */
            penalty_every?: number;
            /**
             * Coverage
             * @description Weight of a pull of the nearest of many generated images towards real ones, so that no kind of image is left out; 0 is off
             * @default 0
             */
            coverage?: number;
            /**
             * Coverage Schedule
             * @description cosine: that pull falls along half a cosine to zero at the last epoch. It draws towards means of images, which are blurred; once all kinds are there, the discriminator does better alone
             * @default constant
             * @enum {string}
             */
            coverage_schedule?: "constant" | "cosine";
            /**
             * Label Smoothing
             * @description Real images are labelled 1 minus this
             * @default 0
             */
            label_smoothing?: number;
        };
        /**
         * Report
         * @description One row of the founding study's tables of trainings (3.3) and of quality (3.4), and more.
         */
        Report: {
            /**
             * Run
             * @description Name of the run
             */
            run: string;
            /**
             * Dataset
             * @description Name of the data set
             */
            dataset: string;
            /**
             * Architecture
             * @description Name of the architecture of both networks
             */
            architecture?: string | null;
            /**
             * Activation
             * @description Name of the activation function
             */
            activation?: string | null;
            /**
             * Latent Dim
             * @description Dimensions of the latent space
             */
            latent_dim: number;
            /**
             * Conditional
             * @description Whether the class was given to both networks
             */
            conditional: boolean;
            /**
             * Seed
             * @description That decided its random choices
             */
            seed?: number | null;
            /**
             * Batch Size
             * @description Images in one step
             */
            batch_size?: number | null;
            /**
             * Parameters
             * @description Of `generator` and `discriminator`
             */
            parameters: {
                [key: string]: components["schemas"]["ParameterCount"];
            };
            /**
             * Epochs
             * @description That were trained
             */
            epochs: number;
            /**
             * Stopped Early
             * @description Whether the stop rule ended it before the last epoch
             */
            stopped_early: boolean;
            /**
             * Seconds
             * @description That all epochs took, monitoring included; without the final tests
             */
            seconds: number;
            /**
             * Seconds Per Epoch
             * @description Mean over all epochs, in seconds
             */
            seconds_per_epoch: number;
            /**
             * Peak Memory Mib
             * @description Most memory that the training process held, in MiB
             */
            peak_memory_mib: number;
            /**
             * Precision
             * @description float32 or mixed_bfloat16
             */
            precision: string;
            /**
             * Generator Loss
             * @description Mean over the last epoch
             */
            generator_loss?: number | null;
            /**
             * Discriminator Loss
             * @description Mean over the last epoch
             */
            discriminator_loss?: number | null;
            /** @description Made while it trained */
            weak_test?: components["schemas"]["WeakTestReport"] | null;
            /** @description Made at its end */
            strong_test?: components["schemas"]["StrongTest"] | null;
            /** @description Made at its end, as the founding study made it: by a plain network in 50 epochs */
            study_test?: components["schemas"]["StrongTest"] | null;
            /** @description That names the classes of its images */
            classifier: components["schemas"]["ClassifierReport"];
            /** @description Distances between real and generated images */
            quality?: components["schemas"]["QualityFigures"] | null;
            /** @description Discriminator against two-sample network, and the stretch of the latent space */
            judges?: components["schemas"]["JudgesReport"] | null;
            /** @description How near the map comes to the held-out images */
            pixel_coverage?: components["schemas"]["PixelCoverage"] | null;
            /** @description Conditional models only */
            label_fidelity?: components["schemas"]["LabelFidelity"] | null;
            /**
             * Shares
             * @description Share of the last map that each class covers, 0 to 1
             */
            shares?: {
                [key: string]: number;
            } | null;
            /**
             * Map Change
             * @description Share of map cells whose class changed with the last map, 0 to 1
             */
            map_change?: number | null;
            /**
             * Dead Units
             * @description Share of units of each layer that are never active, 0 to 1
             */
            dead_units?: {
                [key: string]: number;
            } | null;
            /**
             * Warnings
             * @description Every warning that was raised
             * @default []
             */
            warnings?: components["schemas"]["RaisedWarning"][];
            /**
             * Lineage
             * @description Runs whose states it grew from, nearest first; their epochs and seconds are counted
             * @default []
             */
            lineage?: components["schemas"]["Ancestor"][];
            /**
             * Extended At
             * @description Epochs at which it had ended and was extended to more
             * @default []
             */
            extended_at?: number[];
            /**
             * Libraries
             * @description Versions of what trained it
             */
            libraries?: {
                [key: string]: string;
            };
            /**
             * Study Losses
             * @description The founding study's losses of the same latent space and data set, if it has any
             */
            readonly study_losses: components["schemas"]["StudyLoss"][];
        };
        /**
         * RunComparison
         * @description Any runs, compared as the combinations of an experiment are.
         */
        RunComparison: {
            /**
             * Groups
             * @description In the order of their first runs
             */
            groups: components["schemas"]["RunGroup"][];
            /** @description Of the groups over their seeds, by the asked metric */
            comparison: components["schemas"]["Comparison"];
        };
        /**
         * RunGroup
         * @description Runs that differ only in their seed, or one run that no other is like.
         */
        RunGroup: {
            /**
             * Label
             * @description For people: the run's name, or what the names have in common
             */
            label: string;
            /**
             * Runs
             * @description Their names, in the order in which they were given
             */
            runs: string[];
            /**
             * Seeds
             * @description Their seeds, each once: runs with the same seed count as one, with their mean
             */
            seeds: number[];
        };
        /**
         * RunList
         * @description Some runs.
         */
        RunList: {
            /**
             * Next Cursor
             * @description Give as `cursor` for the next page
             */
            next_cursor?: string | null;
            /**
             * Runs
             * @description Newest first
             */
            runs: components["schemas"]["RunView"][];
        };
        /**
         * RunRecipe
         * @description How a picture of a run was made.
         */
        RunRecipe: {
            /**
             * Recipe
             * @description Version of this form
             * @default 1
             * @constant
             */
            recipe?: 1;
            /**
             * Run
             * @description Name of the run
             */
            run: string;
            /**
             * Submitted
             * @description When it was submitted, ISO 8601: a later run may have its name
             */
            submitted: string;
            /**
             * Operation
             * @description Call that made it
             * @enum {string}
             */
            operation: "snapshot" | "map" | "timelapse";
            /**
             * Epochs
             * @description Epochs that are shown; one, unless it is a film
             */
            epochs: number[];
            /**
             * Of
             * @description Films: what is shown
             */
            of?: ("snapshots" | "maps") | null;
            /**
             * Fps
             * @description Films: frames a second
             */
            fps?: number | null;
            /**
             * Label
             * @description Maps of conditional runs: class id
             */
            label?: number | null;
            /**
             * At
             * @description Maps: where the other axes are held
             */
            at?: number[] | null;
            /**
             * Section
             * @description Films of cubes: the section that is shown
             */
            section?: number | null;
            /**
             * Scale
             * @description Maps: pixels a cell; snapshots: pixels for each of its own
             */
            scale?: number | null;
            /**
             * Sha256
             * @description Of what the run has stored of these epochs, hexadecimal
             */
            sha256: string;
        };
        /**
         * RunView
         * @description One training: what was asked and how it stands.
         */
        RunView: {
            /**
             * Name
             * @description Name of the run, and of its model
             */
            name: string;
            /**
             * State
             * @description Where it stands; succeeded, failed and cancelled have ended, a failed one may go on
             * @enum {string}
             */
            state: "queued" | "running" | "paused" | "succeeded" | "failed" | "cancelled";
            /**
             * Request
             * @description Asked of it, not done yet
             */
            request: ("pause" | "cancel") | null;
            /**
             * Experiment
             * @description Name of the experiment that it is a part of
             */
            experiment?: string | null;
            /** @description What was asked, with every default filled in */
            spec: components["schemas"]["TrainingSpec"];
            /**
             * Epoch
             * @description Epochs that are done
             */
            epoch: number;
            /**
             * Epochs
             * @description Epochs that were asked for
             */
            epochs: number;
            /** @description Within the epoch under way */
            progress: components["schemas"]["Progress"];
            /**
             * Submitted
             * Format: date-time
             * @description When, in UTC
             */
            submitted: string;
            /**
             * Started
             * @description When a worker first took it, in UTC; null: none has
             */
            started: string | null;
            /**
             * Ended
             * @description When it ended, in UTC; null: it has not
             */
            ended: string | null;
            /**
             * Seconds Per Epoch
             * @description Mean of the last epochs, in seconds
             */
            seconds_per_epoch: number | null;
            /**
             * Position
             * @description Of a queued run: 1 is the next one. Resumed runs wait at the end; one that a worker had to let go comes first
             */
            position?: number | null;
            /**
             * Starts In
             * @description Of a queued run: estimated seconds until a worker takes it; null: not known. It follows from what the running ones and those before it still take, and the number of live workers
             */
            starts_in?: number | null;
            /**
             * Eta
             * @description Estimated seconds until it ends, from the time of its last epochs; of a queued run, which has none, of the newest runs of the same data set, networks and roughly the same settings. null: not known
             */
            eta: number | null;
            /** @description Both losses while the discriminator only guesses, to set the run's beside */
            guessing?: components["schemas"]["GuessingLosses"] | null;
            /** @description Figures of the last epoch */
            metrics: components["schemas"]["EpochFigures"] | null;
            /**
             * Warnings
             * @description Troubles that were noticed, oldest first
             */
            warnings: components["schemas"]["RunWarning"][];
            /**
             * Error
             * @description Why it failed, in one sentence
             */
            error: string | null;
            /**
             * Snapshots
             * @description Epochs that have a snapshot; in a list, the newest alone
             */
            snapshots: number[];
            /**
             * Maps
             * @description Epochs that have a class map; in a list, the newest alone
             */
            maps: number[];
            /**
             * Versions
             * @description Epochs that were exported as versions of the model
             */
            versions: number[];
            /**
             * Lineage
             * @description Of a fork: the runs whose states it grew from, nearest first
             * @default []
             */
            lineage?: components["schemas"]["Ancestor"][];
            /** @description Of a fork: how it began; null: it is none */
            origin?: components["schemas"]["Origin"] | null;
            /**
             * Extended At
             * @description Epochs at which it had succeeded and was extended to more
             * @default []
             */
            extended_at?: number[];
            /** @description Training states on the disk; null in a list */
            states?: components["schemas"]["KeptStates"] | null;
            /** @description Which loss surfaces there are, and the one under way; null in a list */
            loss_surface?: components["schemas"]["LossSurfaces"] | null;
            /**
             * Last Event
             * @description Number of its newest event
             * @default 0
             */
            last_event?: number;
            /**
             * Classes
             * @description Names of the classes on its maps: the data set's, or of groups found in it
             * @default []
             */
            classes?: string[];
        };
        /**
         * RunWarning
         * @description A trouble that was noticed while a run trained.
         */
        RunWarning: {
            /**
             * Code
             * @description Stable name of the kind of trouble
             */
            code: string;
            /**
             * Message
             * @description What it means and what one could do, in one or two sentences
             */
            message: string;
            /**
             * Epoch
             * @description At which it was noticed; null: at none
             */
            epoch?: number | null;
        };
        /**
         * SGD
         * @description Plain stochastic gradient descent.
         */
        SGD: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            name: "sgd";
            /**
             * Learning Rate
             * @description Step size
             * @default 0.01
             */
            learning_rate?: number;
            /**
             * Schedule
             * @description cosine: the step size falls along half a cosine to zero at the last epoch, so that the map settles
             * @default constant
             * @enum {string}
             */
            schedule?: "constant" | "cosine";
            /**
             * Momentum
             * @description Share of the last step that is kept
             * @default 0
             */
            momentum?: number;
            /**
             * Nesterov
             * @description Look ahead along the momentum
             * @default false
             */
            nesterov?: boolean;
        };
        /**
         * ScalarMap
         * @description `values[j][i]` belongs to (x_i, y_j); in a cube `values[k][j][i]` to (x_i, y_j, z_k).
         */
        ScalarMap: {
            /**
             * Model
             * @description Name of the model, or of the run that drew it
             */
            model: string;
            /**
             * Version
             * @description Version that answered: an exported epoch
             */
            version: number;
            /**
             * Axes
             * @description Latent axes of the grid, one to three, from 0; the first runs fastest
             */
            axes: number[];
            /**
             * Range
             * @description Coordinate of the first and of the last point along every axis
             */
            range: number[];
            /**
             * Resolution
             * @description Points along every axis, both ends included: r
             */
            resolution: number;
            /**
             * At
             * @description A coordinate for each latent dimension; those of `axes` mean nothing
             */
            at: number[];
            /**
             * Label
             * @description Class id that was asked of a conditional model, else null
             */
            label: number | null;
            /**
             * Theme
             * @description Name of what it shows, see `themes` of the model
             */
            theme: string;
            /**
             * Kind
             * @description A number at each point
             * @constant
             */
            kind: "scalar";
            /**
             * Unit
             * @description Of the values
             */
            unit: string;
            /**
             * Minimum
             * @description Smallest value of the map
             */
            minimum: number;
            /**
             * Maximum
             * @description Largest value of the map
             */
            maximum: number;
            /**
             * Mean
             * @description Mean of the map
             */
            mean: number;
            /**
             * Values
             * @description Nested rows of numbers
             */
            values: unknown[];
        };
        /**
         * StateList
         * @description The training states that a run keeps.
         */
        StateList: {
            /**
             * States
             * @description Oldest first
             */
            states: components["schemas"]["KeptState"][];
            /**
             * Bytes
             * @description Of all, with one within an epoch, from which the run itself goes on
             */
            bytes: number;
        };
        /**
         * StepSizes
         * @description Step sizes of both optimisers, epoch by epoch.
         */
        StepSizes: {
            /**
             * Epochs
             * @description Numbers of the epochs, from 1; 400 spread ones where there are more
             */
            epochs: number[];
            /**
             * Generator
             * @description Step size during each of them
             */
            generator: number[];
            /**
             * Discriminator
             * @description Step size during each of them
             */
            discriminator: number[];
            /**
             * Goes On After
             * @description The last epoch of the training so far
             */
            goes_on_after: number;
            /**
             * Words
             * @description What they do where the training goes on, in one or two sentences
             */
            words: string;
        };
        /**
         * Stop
         * @description End before the last epoch when the map stands still.
         */
        Stop: {
            /**
             * Map Change Below
             * @description Share of map cells; null: never stop early
             */
            map_change_below?: number | null;
            /**
             * For Epochs
             * @description Maps in a row below the bound
             * @default 20
             */
            for_epochs?: number;
        };
        /**
         * StrongTest
         * @description A test at the end of a training.
         */
        StrongTest: {
            /**
             * Error
             * @description Held-out error, 0 to 1; 0.5: cannot be told from real images
             */
            error: number;
            /**
             * Cross Entropy
             * @description Held-out binary cross-entropy, in nats
             */
            cross_entropy: number;
            /**
             * P Value
             * @description Chance of so low an error, were both kinds the same
             */
            p_value: number;
            /**
             * Band
             * @description 95 % band of the error of pure guessing
             */
            band: [
                number,
                number
            ];
            /** @description What made the test */
            tester?: components["schemas"]["TesterCard"] | null;
            /**
             * Epoch
             * @description Of the test's own training, after which its answers count; null: the last
             */
            epoch?: number | null;
            /**
             * Curve
             * @description After epochs of the test's own training
             * @default []
             */
            curve?: components["schemas"]["CurvePoint"][];
        };
        /**
         * StudyLoss
         * @description The founding study's test of one of its trainings: by a network of its own, after some 50 epochs.
         */
        StudyLoss: {
            /**
             * Epochs
             * @description Of the GAN's training; null: not given
             */
            epochs: number | null;
            /**
             * Cross Entropy
             * @description Validation loss of the test's network, in nats; 0.69 for pure guessing
             */
            cross_entropy: number;
        };
        /**
         * TakenOver
         * @description What a fork took over from its parent's state beside the networks.
         */
        TakenOver: {
            /**
             * Generator Optimizer
             * @description State of the generator's optimiser: taken where it is the same, begun anew otherwise
             * @enum {string}
             */
            generator_optimizer: "taken" | "begun_anew";
            /**
             * Discriminator Optimizer
             * @description State of the discriminator's optimiser, likewise
             * @enum {string}
             */
            discriminator_optimizer: "taken" | "begun_anew";
            /**
             * Average
             * @description Average of the generator's weights; where the parent had none it begins at its weights; none: the fork has none
             * @enum {string}
             */
            average: "taken" | "begun_anew" | "none";
        };
        /**
         * TesterCard
         * @description The network that made a two-sample test, and on what.
         */
        TesterCard: {
            /**
             * Network
             * @description Its layers, in words
             */
            network: string;
            /**
             * Parameters
             * @description Number of its weights
             */
            parameters: number;
            /**
             * Precision
             * @description float32 or mixed_bfloat16
             */
            precision: string;
            /**
             * Seed
             * @description Decides its initial weights, its images and their order
             */
            seed: number;
            /**
             * Epochs
             * @description Of its own training
             */
            epochs: number;
            /**
             * Learning Rate
             * @description Of Adam in the first step, falling to zero. Reports that do not say it: 0.002, at which a network can miss what tells good images apart
             * @default 0.002
             */
            learning_rate?: number;
            /**
             * Trained On
             * @description Part of the data set whose real images trained it; other images, of the test part, measured it
             * @default test
             * @enum {string}
             */
            trained_on?: "training" | "test";
            /**
             * Training Images
             * @description Of each kind, real and generated, that trained it
             */
            training_images: number;
            /**
             * Choosing Images
             * @description Of each kind, that chose the epoch after which its answers count
             * @default 0
             */
            choosing_images?: number;
            /**
             * Held Out Images
             * @description Of each kind, real and generated, that measured it
             */
            held_out_images: number;
        };
        /**
         * ThemeView
         * @description What a map can show.
         */
        ThemeView: {
            /**
             * Name
             * @description To give as `theme`
             */
            name: string;
            /**
             * Kind
             * @description A class at each point, or a number
             * @enum {string}
             */
            kind: "classes" | "scalar";
            /**
             * Unit
             * @description Of the numbers; empty for classes
             */
            unit: string;
            /**
             * Range
             * @description Smallest and largest number that there can be; null: that depends on the map
             */
            range: number[] | null;
            /**
             * Description
             * @description What it says at a point
             */
            description: string;
            /**
             * Title
             * @description Its name for people
             */
            title: string;
            /**
             * Ramp
             * @description Colours of the numbers: from low to high, or to both sides of the middle of the range
             */
            ramp: ("sequential" | "diverging") | null;
            /**
             * Low
             * @description What a small number means, in a few words
             */
            low: string;
            /**
             * High
             * @description What a large number means, in a few words
             */
            high: string;
        };
        /**
         * TrainingSpec
         * @description One training, complete: the same spec and seed give the same run on the same machine.
         * @example {
         *       "dataset": "mnist",
         *       "name": "mnist-2d"
         *     }
         * @example {
         *       "dataset": "digits",
         *       "epochs": 100,
         *       "latent": {
         *         "dim": 3
         *       },
         *       "name": "digits-3d",
         *       "network": {
         *         "activation": "elu"
         *       }
         *     }
         */
        TrainingSpec: {
            /**
             * Name
             * @description Lower-case letters, digits and hyphens, 63 at most, a letter or digit first
             * @example mnist-2d
             */
            name: string;
            /**
             * Dataset
             * @description Name of a data set
             * @example mnist
             */
            dataset: string;
            /**
             * @description The latent space
             * @default {
             *       "dim": 2,
             *       "prior": "uniform",
             *       "folds": 0
             *     }
             */
            latent?: components["schemas"]["Latent"];
            /**
             * Conditional
             * @description Give the class to both networks
             * @default false
             */
            conditional?: boolean;
            /**
             * @description Both networks
             * @default {
             *       "architecture": "dcgan28",
             *       "activation": {
             *         "name": "leaky_relu",
             *         "negative_slope": 0.3
             *       },
             *       "discriminator_activation": {
             *         "name": "leaky_relu",
             *         "negative_slope": 0.3
             *       },
             *       "conditioning": "multiply",
             *       "batch_norm": true,
             *       "dropout": 0.3
             *     }
             */
            network?: components["schemas"]["NetworkSpec"];
            /**
             * Loss
             * @description bce is the founding GAN loss; mse and mae are least squares and absolute; relativistic compares each generated image with a real one
             * @default bce
             * @enum {string}
             */
            loss?: "bce" | "mse" | "mae" | "hinge" | "relativistic";
            /**
             * @description How the weights are moved
             * @default {
             *       "generator": {
             *         "beta_1": 0.9,
             *         "beta_2": 0.999,
             *         "epsilon": 1e-7,
             *         "learning_rate": 0.0001,
             *         "name": "adam",
             *         "schedule": "constant"
             *       },
             *       "discriminator": {
             *         "beta_1": 0.9,
             *         "beta_2": 0.999,
             *         "epsilon": 1e-7,
             *         "learning_rate": 0.0001,
             *         "name": "adam",
             *         "schedule": "constant"
             *       }
             *     }
             */
            optimizer?: components["schemas"]["Optimizers"];
            /**
             * @description What keeps the game stable; all off by default
             * @default {
             *       "ema": 0,
             *       "r1": 0,
             *       "r2": 0,
             *       "penalty_every": 1,
             *       "coverage": 0,
             *       "coverage_schedule": "constant",
             *       "label_smoothing": 0
             *     }
             */
            regularization?: components["schemas"]["Regularization"];
            /**
             * Batch Size
             * @description Images in one step
             * @default 256
             */
            batch_size?: number;
            /**
             * Epochs
             * @description Passes over the training images
             * @default 50
             */
            epochs?: number;
            /**
             * Seed
             * @description Decides every random choice
             * @default 0
             */
            seed?: number;
            /**
             * Precision
             * @description auto: mixed_bfloat16 where the hardware multiplies it faster
             * @default auto
             * @enum {string}
             */
            precision?: "auto" | "float32" | "mixed_bfloat16";
            /**
             * @description What is looked at, and how often
             * @default {
             *       "snapshot_every": 1,
             *       "map_every": 1,
             *       "weak_test_every": 10
             *     }
             */
            monitor?: components["schemas"]["Monitor"];
            /**
             * @description Which epochs become versions of the model
             * @default {
             *       "every": 10,
             *       "keep": 20,
             *       "states": "last"
             *     }
             */
            export?: components["schemas"]["Export"];
            /**
             * @description When to end before the last epoch
             * @default {
             *       "for_epochs": 20
             *     }
             */
            stop?: components["schemas"]["Stop"];
        };
        /**
         * TwoSampleCard
         * @description The two-sample network inside a version.
         */
        TwoSampleCard: {
            /**
             * Network
             * @description Its layers, in words
             */
            network: string;
            /**
             * Epochs
             * @description Of its own training
             */
            epochs: number;
            /**
             * Training Images
             * @description Of each kind that trained it
             */
            training_images: number;
            /**
             * Held Out Images
             * @description Of each kind that measured it
             */
            held_out_images: number;
            /**
             * Error
             * @description On the held-out images, 0 to 1; 0.5: it cannot tell them apart
             */
            error: number;
        };
        /**
         * TwoSampleOpinion
         * @description What the network says that was trained apart, at that export.
         */
        TwoSampleOpinion: {
            /**
             * Probability
             * @description Of being a real image, 0 to 1
             */
            probability: number;
        };
        /**
         * UploadedDataset
         * @description A data set that was just made of an upload, and what was done with it.
         */
        UploadedDataset: {
            /**
             * Name
             * @description Name to give as `dataset` of a training
             */
            name: string;
            /**
             * Title
             * @description Name for people
             */
            title: string;
            /**
             * Image Shape
             * @description Height, width and channels of its images, in pixels
             */
            image_shape: number[];
            /**
             * Classes
             * @description Names of its classes, in the order of their ids; empty if it has none
             */
            classes: string[];
            /**
             * Train
             * @description Number of training images
             */
            train: number;
            /**
             * Test
             * @description Number of test images, never trained on
             */
            test: number;
            /**
             * Uploaded
             * @description Whether it was uploaded, and so can be removed
             * @default false
             */
            uploaded?: boolean;
            /**
             * At Hand
             * @description Whether its images are on this machine, so that they can be shown; those of built-in ones are once a training has loaded them
             * @default true
             */
            at_hand?: boolean;
            /**
             * Own Parts
             * @description Whether the upload itself said which images are for tests; else a sixth was set aside
             */
            own_parts: boolean;
            /**
             * Skipped
             * @description Files that were passed over: hidden ones, and what systems leave behind
             */
            skipped: number;
        };
        /**
         * Verdict
         * @description Whether the combinations, or the groups of compared runs, differ by more than chance at one epoch.
         *
         *     By Welch's t-test of each pair, corrected after Holm, at the 5 % level; the guide says more, under
         *     Experiments, Beyond chance.
         */
        Verdict: {
            /**
             * Outcome
             * @description `unmeasured`: nothing is measured; `undecided`: too few seeds to judge chance by, or no spread among them; `difference`: at least one pair differs beyond chance
             * @enum {string}
             */
            outcome: "unmeasured" | "undecided" | "no_difference" | "difference";
            /**
             * Epoch
             * @description The last at which two combinations have two seeds each, else the last at which most are measured; null: nothing is
             */
            epoch: number | null;
            /**
             * Better
             * @description Which of two values of the metric is the better one; null: neither is
             */
            better: ("higher" | "lower") | null;
            /**
             * Order
             * @description Numbers of the combinations that are measured at this epoch, the best first; the highest first where neither value is better
             */
            order: number[];
            /**
             * Pairs
             * @description Those that were tested, in that order
             */
            pairs: components["schemas"]["ComparedPair"][];
            /**
             * Sentence
             * @description The verdict in words, with its figures and how sure it is
             */
            sentence: string;
        };
        /**
         * WeakTest
         * @description Outcome of one two-sample test (C2ST, Lopez-Paz & Oquab 2017) on held-out images.
         */
        WeakTest: {
            /**
             * Error
             * @description Held-out error, 0 to 1; 0.5: cannot be told from real images
             */
            error: number;
            /**
             * Cross Entropy
             * @description Held-out binary cross-entropy, in nats
             */
            cross_entropy: number;
            /**
             * P Value
             * @description Chance of so low an error, were both kinds the same
             */
            p_value: number;
            /**
             * Band
             * @description 95 % band of the error of pure guessing
             */
            band: [
                number,
                number
            ];
        };
        /**
         * WeakTestReport
         * @description The last of the tests during the training.
         */
        WeakTestReport: {
            /**
             * Error
             * @description Held-out error, 0 to 1; 0.5: cannot be told from real images
             */
            error: number;
            /**
             * Cross Entropy
             * @description Held-out binary cross-entropy, in nats
             */
            cross_entropy: number;
            /**
             * P Value
             * @description Chance of so low an error, were both kinds the same
             */
            p_value: number;
            /**
             * Band
             * @description 95 % band of the error of pure guessing
             */
            band: [
                number,
                number
            ];
            /** @description What made the test */
            tester?: components["schemas"]["TesterCard"] | null;
            /**
             * Epoch
             * @description Of the training, after which it was made
             */
            epoch: number;
        };
        /**
         * EpochEnded
         * @description An epoch is done.
         */
        EpochEnded: {
            /**
             * Id
             * @description Number in the run, from 1 without gaps; 0: live only, not kept
             * @default 0
             */
            id?: number;
            /**
             * At
             * Format: date-time
             * @description When, in UTC
             */
            at?: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            event: "epoch";
            /** @description Of the epoch */
            figures: components["schemas"]["EpochFigures"];
        };
        /**
         * FieldError
         * @description What is wrong with one field.
         */
        FieldError: {
            /**
             * Path
             * @description Dotted path of the field, such as `network.activation.name`
             */
            path: string;
            /**
             * Message
             * @description What is wrong with it, going on from its name, such as `must be 1 or more, not 0`; programs rely on the path, not on these words
             */
            message: string;
        };
        /**
         * JudgeRequest
         * @description Whose images are judged.
         * @example {
         *       "points": [
         *         [
         *           0.5,
         *           -0.2
         *         ]
         *       ]
         *     }
         */
        JudgeRequest: {
            /**
             * Points
             * @description n points of d coordinates: float[n, d]
             */
            points: number[][];
            /**
             * Labels
             * @description Conditional models: class id of each point
             * @default null
             */
            labels?: number[] | null;
            /**
             * Version
             * @description The newest available one if not given
             * @default null
             */
            version?: number | null;
        };
        /**
         * MapDone
         * @description All cells have been sent; `data` of the stream's event `done`.
         */
        MapDone: {
            /**
             * Model
             * @description Name of the model, or of the run that drew it
             */
            model: string;
            /**
             * Version
             * @description Version that answered: an exported epoch
             */
            version: number;
            /**
             * Axes
             * @description Latent axes of the grid, one to three, from 0; the first runs fastest
             */
            axes: number[];
            /**
             * Range
             * @description Coordinate of the first and of the last point along every axis
             */
            range: number[];
            /**
             * Resolution
             * @description Points along every axis, both ends included: r
             */
            resolution: number;
            /**
             * At
             * @description A coordinate for each latent dimension; those of `axes` mean nothing
             */
            at: number[];
            /**
             * Label
             * @description Class id that was asked of a conditional model, else null
             */
            label: number | null;
            /**
             * Shares
             * @description Share of the map of each class, 0 to 1
             */
            shares: {
                [key: string]: number;
            };
            /**
             * Computed
             * @description With `refine=adaptive` alone: points that were computed
             * @default null
             */
            computed?: number | null;
            /**
             * Id
             * @description The same for the same map: the ETags of `/map` begin with it
             */
            id: string;
        };
        /**
         * MapDrawn
         * @description The class map of one epoch can be had.
         */
        MapDrawn: {
            /**
             * Id
             * @description Number in the run, from 1 without gaps; 0: live only, not kept
             * @default 0
             */
            id?: number;
            /**
             * At
             * Format: date-time
             * @description When, in UTC
             */
            at?: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            event: "map";
            /**
             * Epoch
             * @description Number of the epoch, from 1
             */
            epoch: number;
            /**
             * Change
             * @description Share of cells that changed since the map before
             */
            change: number | null;
            /**
             * Shares
             * @description Share of the map that each class covers, 0 to 1
             */
            shares: {
                [key: string]: number;
            };
        };
        /**
         * MapTile
         * @description Cells of a map, at regular distances; `data` of the stream's event `tile`.
         *
         *     `classes[j][i]` is the class of the cell (offset[0] + i stride, offset[1] + j stride), in a cube
         *     `classes[k][j][i]` that of (…, …, offset[2] + k stride). Until finer tiles come, each stands for the
         *     `size` cells from there on along every axis.
         */
        MapTile: {
            /**
             * Level
             * @description 0 is the coarsest; each further level halves the distances
             */
            level: number;
            /**
             * Offset
             * @description Index of the first cell along each of the map's `axes`
             */
            offset: number[];
            /**
             * Stride
             * @description Distance between two cells, in cells, along every axis
             */
            stride: number;
            /**
             * Size
             * @description Cells along every axis that one stands for, for the time being
             */
            size: number;
            /**
             * Classes
             * @description Nested rows of class ids, as in the whole map
             */
            classes: unknown[];
        };
        /**
         * Problem
         * @description RFC 9457 problem details.
         */
        Problem: {
            /**
             * Type
             * @description Names the kind of problem
             * @example /problems/run-not-found
             */
            type: string;
            /**
             * Title
             * @description The kind of problem, in words
             */
            title: string;
            /**
             * Status
             * @description HTTP status
             */
            status: number;
            /**
             * Detail
             * @description One sentence that says what is wrong and what would be right
             */
            detail: string;
            /**
             * Instance
             * @description Where it happened; not given by this server
             * @default null
             */
            instance?: string | null;
            /**
             * Errors
             * @description For 422: each wrong field
             * @default null
             */
            errors?: components["schemas"]["FieldError"][] | null;
        };
        /**
         * ReportWritten
         * @description The run has been judged.
         */
        ReportWritten: {
            /**
             * Id
             * @description Number in the run, from 1 without gaps; 0: live only, not kept
             * @default 0
             */
            id?: number;
            /**
             * At
             * Format: date-time
             * @description When, in UTC
             */
            at?: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            event: "report";
            /**
             * Report
             * @description The report, as `/runs/{name}/report` gives it
             */
            report: {
                [key: string]: unknown;
            };
        };
        /**
         * ScalarDone
         * @description The same of a map of numbers.
         */
        ScalarDone: {
            /**
             * Model
             * @description Name of the model, or of the run that drew it
             */
            model: string;
            /**
             * Version
             * @description Version that answered: an exported epoch
             */
            version: number;
            /**
             * Axes
             * @description Latent axes of the grid, one to three, from 0; the first runs fastest
             */
            axes: number[];
            /**
             * Range
             * @description Coordinate of the first and of the last point along every axis
             */
            range: number[];
            /**
             * Resolution
             * @description Points along every axis, both ends included: r
             */
            resolution: number;
            /**
             * At
             * @description A coordinate for each latent dimension; those of `axes` mean nothing
             */
            at: number[];
            /**
             * Label
             * @description Class id that was asked of a conditional model, else null
             */
            label: number | null;
            /**
             * Theme
             * @description Name of what it shows, see `themes` of the model
             */
            theme: string;
            /**
             * Kind
             * @description A number at each point
             * @constant
             */
            kind: "scalar";
            /**
             * Unit
             * @description Of the values
             */
            unit: string;
            /**
             * Minimum
             * @description Smallest value of the map
             */
            minimum: number;
            /**
             * Maximum
             * @description Largest value of the map
             */
            maximum: number;
            /**
             * Mean
             * @description Mean of the map
             */
            mean: number;
            /**
             * Id
             * @description The same for the same map: the ETags of `/map` begin with it
             */
            id: string;
        };
        /**
         * ScalarTile
         * @description The same of a map of numbers.
         */
        ScalarTile: {
            /**
             * Level
             * @description 0 is the coarsest; each further level halves the distances
             */
            level: number;
            /**
             * Offset
             * @description Index of the first cell along each of the map's `axes`
             */
            offset: number[];
            /**
             * Stride
             * @description Distance between two cells, in cells, along every axis
             */
            stride: number;
            /**
             * Size
             * @description Cells along every axis that one stands for, for the time being
             */
            size: number;
            /**
             * Values
             * @description Nested rows of numbers, as in the whole map
             */
            values: unknown[];
        };
        /**
         * SnapshotTaken
         * @description The image sheet of one epoch can be had.
         */
        SnapshotTaken: {
            /**
             * Id
             * @description Number in the run, from 1 without gaps; 0: live only, not kept
             * @default 0
             */
            id?: number;
            /**
             * At
             * Format: date-time
             * @description When, in UTC
             */
            at?: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            event: "snapshot";
            /**
             * Epoch
             * @description Number of the epoch, from 1
             */
            epoch: number;
        };
        /**
         * StateChanged
         * @description The run went into another state; under number 0, it came further within an epoch.
         */
        StateChanged: {
            /**
             * Id
             * @description Number in the run, from 1 without gaps; 0: live only, not kept
             * @default 0
             */
            id?: number;
            /**
             * At
             * Format: date-time
             * @description When, in UTC
             */
            at?: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            event: "state";
            /**
             * State
             * @description The new state
             * @enum {string}
             */
            state: "queued" | "running" | "paused" | "succeeded" | "failed" | "cancelled";
            /**
             * @description Under number 0: where it is within its epoch
             * @default null
             */
            progress?: components["schemas"]["Progress"] | null;
            /**
             * Error
             * @description Why it failed, in one sentence
             * @default null
             */
            error?: string | null;
        };
        /**
         * VersionExported
         * @description The epoch became a version of the model.
         */
        VersionExported: {
            /**
             * Id
             * @description Number in the run, from 1 without gaps; 0: live only, not kept
             * @default 0
             */
            id?: number;
            /**
             * At
             * Format: date-time
             * @description When, in UTC
             */
            at?: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            event: "export";
            /**
             * Model
             * @description Name of the model
             */
            model: string;
            /**
             * Version
             * @description Number of the version: its epoch
             */
            version: number;
        };
        /**
         * WarningRaised
         * @description A trouble was noticed.
         */
        WarningRaised: {
            /**
             * Id
             * @description Number in the run, from 1 without gaps; 0: live only, not kept
             * @default 0
             */
            id?: number;
            /**
             * At
             * Format: date-time
             * @description When, in UTC
             */
            at?: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            event: "warning";
            /**
             * Code
             * @description Stable name of the kind of trouble
             */
            code: string;
            /**
             * Message
             * @description What it means and what one could do, in one or two sentences
             */
            message: string;
            /**
             * Epoch
             * @description At which it was noticed; null: at none
             * @default null
             */
            epoch?: number | null;
        };
        /** @description `data` of a run's server-sent events; `event` tells the kinds apart */
        Event: components["schemas"]["StateChanged"] | components["schemas"]["EpochEnded"] | components["schemas"]["SnapshotTaken"] | components["schemas"]["MapDrawn"] | components["schemas"]["VersionExported"] | components["schemas"]["WarningRaised"] | components["schemas"]["ReportWritten"];
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    list_models_v1_models_get: {
        parameters: {
            query?: {
                /** @description Most items in one answer */
                limit?: number;
                /** @description `next_cursor` of the page before; none for the first page */
                cursor?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ModelList"];
                };
            };
            /** @description No API key, or an unknown one */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key may not do this, or a page of others asks */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server does not answer under this name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A field or parameter is wrong, or no such one exists; `errors` has its path */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asks too often */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    show_model_v1_models__model__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Name of the model */
                model: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ModelView"];
                };
            };
            /** @description No API key, or an unknown one */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key may not do this, or a page of others asks */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server does not answer under this name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such parameter; `errors` names it */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asks too often */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    generate_v1_models__model__generate_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Name of the model */
                model: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GenerateRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    /** @description Version that answered */
                    "X-Model-Version"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Generated"];
                    "image/png": string;
                    "application/x-npy": string;
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No API key, or an unknown one */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key may not do this, or a page of others asks */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description None of the asked forms exists */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server does not answer under this name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A field or parameter is wrong, or no such one exists; `errors` has its path */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asks too often */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Cannot be answered now; `Retry-After` says when to try again */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Took longer than the time limit */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    interpolate_v1_models__model__interpolate_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Name of the model */
                model: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["InterpolateRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    /** @description Version that answered */
                    "X-Model-Version"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Interpolated"];
                    "image/png": string;
                    "image/gif": string;
                    "application/x-npy": string;
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No API key, or an unknown one */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key may not do this, or a page of others asks */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description None of the asked forms exists */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server does not answer under this name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A field or parameter is wrong, or no such one exists; `errors` has its path */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asks too often */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Cannot be answered now; `Retry-After` says when to try again */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Took longer than the time limit */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    activations_v1_models__model__activations_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Name of the model */
                model: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ActivationsRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    /** @description Version that answered */
                    "X-Model-Version"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Activations"];
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No API key, or an unknown one */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key may not do this, or a page of others asks */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description None of the asked forms exists */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server does not answer under this name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A field or parameter is wrong, or no such one exists; `errors` has its path */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asks too often */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Cannot be answered now; `Retry-After` says when to try again */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Took longer than the time limit */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ablate_v1_models__model__ablate_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Name of the model */
                model: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AblateRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    /** @description Version that answered */
                    "X-Model-Version"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ablated"];
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No API key, or an unknown one */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key may not do this, or a page of others asks */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description None of the asked forms exists */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server does not answer under this name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A field or parameter is wrong, or no such one exists; `errors` has its path */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asks too often */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Cannot be answered now; `Retry-After` says when to try again */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Took longer than the time limit */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    latent_map_v1_models__model__map_get: {
        parameters: {
            query?: {
                /** @description One to three latent axes, separated by commas; the first three if not given */
                axes?: string | null;
                /** @description Points along every axis; 100, in a cube 16, if not given */
                resolution?: number | null;
                /** @description First and last coordinate along every axis; by the prior −1,1 or (normal) −2,2 */
                range?: string | null;
                /** @description A coordinate for each latent dimension, those of the axes ignored; default zero */
                at?: string | null;
                /** @description Conditional models: class id */
                label?: number | null;
                /** @description The newest available one if not given */
                version?: number | null;
                /** @description full: every point is computed; adaptive: where coarse neighbours differ and along all borders, which takes a fraction of the time and can miss small islands */
                refine?: "full" | "adaptive";
                /** @description What the map shows, one of the `themes` of the model; the class if not given */
                theme?: string | null;
                /** @description `image/png` only: pixels a cell; about 400 pixels in all if not given */
                scale?: number | null;
            };
            header?: {
                /** @description `ETag` of an answer that the caller has: 304 if it is still right */
                "if-none-match"?: string;
            };
            path: {
                /** @description Name of the model */
                model: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    /** @description For If-None-Match */
                    ETag?: string;
                    /** @description May be kept, but has to be asked for again: a 304 costs nothing */
                    "Cache-Control"?: string;
                    /** @description Version that answered */
                    "X-Model-Version"?: number;
                    /** @description `hit`, `miss`, or `bypass` when the cache does not answer */
                    "X-Cache"?: string;
                    /** @description With `refine=adaptive`: points that were computed */
                    "X-Computed-Points"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClassMap"] | components["schemas"]["ScalarMap"];
                    "image/png": string;
                    "application/x-npy": string;
                    "application/x-protobuf": string;
                };
            };
            /** @description The caller has it */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description No API key, or an unknown one */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key may not do this, or a page of others asks */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description None of the asked forms exists */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server does not answer under this name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A field or parameter is wrong, or no such one exists; `errors` has its path */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asks too often */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Cannot be answered now; `Retry-After` says when to try again */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Took longer than the time limit */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    stream_map_v1_models__model__map_stream_get: {
        parameters: {
            query?: {
                /** @description One to three latent axes, separated by commas; the first three if not given */
                axes?: string | null;
                /** @description Points along every axis; 100, in a cube 16, if not given */
                resolution?: number | null;
                /** @description First and last coordinate along every axis; by the prior −1,1 or (normal) −2,2 */
                range?: string | null;
                /** @description A coordinate for each latent dimension, those of the axes ignored; default zero */
                at?: string | null;
                /** @description Conditional models: class id */
                label?: number | null;
                /** @description The newest available one if not given */
                version?: number | null;
                /** @description full: every point is computed; adaptive: where coarse neighbours differ and along all borders, which takes a fraction of the time and can miss small islands */
                refine?: "full" | "adaptive";
                /** @description What the map shows, one of the `themes` of the model; the class if not given */
                theme?: string | null;
            };
            header?: never;
            path: {
                /** @description Name of the model */
                model: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Server-sent events */
            200: {
                headers: {
                    /** @description Version that answered */
                    "X-Model-Version"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": unknown;
                };
            };
            /** @description No API key, or an unknown one */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key may not do this, or a page of others asks */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description None of the asked forms exists */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server does not answer under this name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A field or parameter is wrong, or no such one exists; `errors` has its path */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asks too often */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Cannot be answered now; `Retry-After` says when to try again */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Took longer than the time limit */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    locate_v1_models__model__locate_post: {
        parameters: {
            query?: {
                /** @description Conditional models: search images of this class id alone; of all if not given */
                label?: number | null;
                /** @description The newest available one if not given */
                version?: number | null;
            };
            header?: never;
            path: {
                /** @description Name of the model */
                model: string;
            };
            cookie?: never;
        };
        /** @description A PNG, JPEG or WebP file of at most 2 MiB */
        requestBody: {
            content: {
                "image/png": string;
                "image/jpeg": string;
                "image/webp": string;
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    /** @description Version that answered */
                    "X-Model-Version"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Located"];
                };
            };
            /** @description No API key, or an unknown one */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key may not do this, or a page of others asks */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description None of the asked forms exists */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server does not answer under this name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A field or parameter is wrong, or no such one exists; `errors` has its path */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asks too often */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Cannot be answered now; `Retry-After` says when to try again */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Took longer than the time limit */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    judge_v1_models__model__judge_post: {
        parameters: {
            query?: {
                /** @description For an image and a conditional model: class id that its discriminator is told; the class that the classifier names if not given */
                label?: number | null;
                /** @description For an image: the newest available one if not given */
                version?: number | null;
            };
            header?: never;
            path: {
                /** @description Name of the model */
                model: string;
            };
            cookie?: never;
        };
        /** @description Points of the latent space as JSON; or one image: a PNG, JPEG or WebP file of at most 2 MiB */
        requestBody: {
            content: {
                "application/json": components["schemas"]["JudgeRequest"];
                "image/png": string;
                "image/jpeg": string;
                "image/webp": string;
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    /** @description Version that answered */
                    "X-Model-Version"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Judged"];
                };
            };
            /** @description No API key, or an unknown one */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key may not do this, or a page of others asks */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description None of the asked forms exists */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server does not answer under this name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A field or parameter is wrong, or no such one exists; `errors` has its path */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asks too often */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Cannot be answered now; `Retry-After` says when to try again */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Took longer than the time limit */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    real_images_v1_models__model__real_images_get: {
        parameters: {
            query?: {
                /** @description Only images of this class id; all if not given */
                label?: number | null;
                /** @description The newest available one if not given */
                version?: number | null;
                /** @description Most items in one answer */
                limit?: number;
                /** @description `next_cursor` of the page before; none for the first page */
                cursor?: string | null;
            };
            header?: never;
            path: {
                /** @description Name of the model */
                model: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    /** @description Version that answered */
                    "X-Model-Version"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RealImageList"];
                    "application/x-npy": string;
                };
            };
            /** @description No API key, or an unknown one */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key may not do this, or a page of others asks */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description None of the asked forms exists */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server does not answer under this name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A field or parameter is wrong, or no such one exists; `errors` has its path */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asks too often */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Cannot be answered now; `Retry-After` says when to try again */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Took longer than the time limit */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    timelapse_v1_models__model__timelapse_get: {
        parameters: {
            query?: {
                /** @description One to three latent axes, separated by commas; the first three if not given */
                axes?: string | null;
                /** @description Points along every axis; 100, in a cube 16, if not given */
                resolution?: number | null;
                /** @description First and last coordinate along every axis; by the prior −1,1 or (normal) −2,2 */
                range?: string | null;
                /** @description A coordinate for each latent dimension, those of the axes ignored; default zero */
                at?: string | null;
                /** @description Conditional models: class id */
                label?: number | null;
                /** @description The newest available one if not given */
                version?: number | null;
                /** @description full: every point is computed; adaptive: where coarse neighbours differ and along all borders, which takes a fraction of the time and can miss small islands */
                refine?: "full" | "adaptive";
                /** @description What the map shows, one of the `themes` of the model; the class if not given */
                theme?: string | null;
                /** @description Frames a second */
                fps?: number;
                /** @description Cubes: only this section along the last axis, from 0 */
                section?: number | null;
            };
            header?: never;
            path: {
                /** @description Name of the model */
                model: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One frame a version, with its number written above */
            200: {
                headers: {
                    /** @description `bytes`: parts can be had, by `Range` */
                    "Accept-Ranges"?: string;
                    /** @description For If-None-Match */
                    ETag?: string;
                    /** @description May be kept, but has to be asked for again: the run may go on */
                    "Cache-Control"?: string;
                    /** @description Number of frames */
                    "X-Film-Frames"?: number;
                    /** @description Number of epochs that could have been shown */
                    "X-Film-Epochs"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "image/gif": string;
                    "video/mp4": string;
                };
            };
            /** @description The part that `Range` asks for */
            206: {
                headers: {
                    /** @description First, last, and number of bytes */
                    "Content-Range"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The caller has it */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description No API key, or an unknown one */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key may not do this, or a page of others asks */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description None of the asked forms exists */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There are no such bytes */
            416: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server does not answer under this name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A field or parameter is wrong, or no such one exists; `errors` has its path */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asks too often */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Cannot be answered now; `Retry-After` says when to try again */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Took longer than the time limit */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full or does not let us write */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    render_v1_recipes_render_post: {
        parameters: {
            query?: {
                /** @description Not the same bytes, but so many pixels a side for every one */
                scale?: number | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description A PNG, GIF or MP4 file that was exported here, or its recipe as JSON */
        requestBody: {
            content: {
                "image/png": string;
                "image/gif": string;
                "video/mp4": string;
                "application/json": components["schemas"]["Recipe"] | components["schemas"]["RunRecipe"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Recipe"] | components["schemas"]["RunRecipe"];
                    "image/png": string;
                    "image/gif": string;
                    "video/mp4": string;
                };
            };
            /** @description No API key, or an unknown one */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key may not do this, or a page of others asks */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description None of the asked forms exists */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The state of things does not allow it */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server does not answer under this name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A field or parameter is wrong, or no such one exists; `errors` has its path */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asks too often */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Cannot be answered now; `Retry-After` says when to try again */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Took longer than the time limit */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full or does not let us write */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    preview_v1_runs_preview_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TrainingSpec"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Preview"];
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No API key, or an unknown one */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key may not do this, or a page of others asks */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server does not answer under this name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A field or parameter is wrong, or no such one exists; `errors` has its path */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asks too often */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_runs_v1_runs_get: {
        parameters: {
            query?: {
                /** @description Most items in one answer */
                limit?: number;
                /** @description `next_cursor` of the page before; none for the first page */
                cursor?: string | null;
                /** @description Only runs in this state */
                state?: ("queued" | "running" | "paused" | "succeeded" | "failed" | "cancelled") | null;
                /** @description Only runs of this experiment */
                experiment?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunList"];
                };
            };
            /** @description No API key, or an unknown one */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key may not do this, or a page of others asks */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server does not answer under this name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A field or parameter is wrong, or no such one exists; `errors` has its path */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asks too often */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    submit_v1_runs_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key again gives the first answer again */
                "idempotency-key"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TrainingSpec"];
            };
        };
        responses: {
            /** @description Successful Response */
            202: {
                headers: {
                    /** @description Where the run can be seen */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunView"];
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No API key, or an unknown one */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key may not do this, or a page of others asks */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The state of things does not allow it */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server does not answer under this name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A field or parameter is wrong, or no such one exists; `errors` has its path */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asks too often */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Cannot be answered now; `Retry-After` says when to try again */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full or does not let us write */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    show_v1_runs__name__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Name of the run */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunView"];
                };
            };
            /** @description No API key, or an unknown one */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key may not do this, or a page of others asks */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server does not answer under this name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such parameter; `errors` names it */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asks too often */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_v1_runs__name__delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Name of the run */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description No API key, or an unknown one */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key may not do this, or a page of others asks */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The state of things does not allow it */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server does not answer under this name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such parameter; `errors` names it */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asks too often */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full or does not let us write */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    pause_v1_runs__name__pause_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Name of the run */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunView"];
                };
            };
            /** @description No API key, or an unknown one */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key may not do this, or a page of others asks */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The state of things does not allow it */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server does not answer under this name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such parameter; `errors` names it */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asks too often */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full or does not let us write */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resume_v1_runs__name__resume_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Name of the run */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunView"];
                };
            };
            /** @description No API key, or an unknown one */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key may not do this, or a page of others asks */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The state of things does not allow it */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server does not answer under this name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such parameter; `errors` names it */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asks too often */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Cannot be answered now; `Retry-After` says when to try again */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full or does not let us write */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancel_v1_runs__name__cancel_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Name of the run */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunView"];
                };
            };
            /** @description No API key, or an unknown one */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key may not do this, or a page of others asks */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The state of things does not allow it */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server does not answer under this name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such parameter; `errors` names it */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asks too often */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full or does not let us write */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    events_v1_runs__name__events_get: {
        parameters: {
            query?: {
                /** @description Number of the last event that is known */
                after?: number;
            };
            header?: {
                /** @description As `after`; browsers send it when they reconnect */
                "last-event-id"?: string | null;
            };
            path: {
                /** @description Name of the run */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Server-sent events */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": unknown;
                };
            };
            /** @description It has finished, and `Last-Event-ID` was its last event: do not reconnect */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description No API key, or an unknown one */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key may not do this, or a page of others asks */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server does not answer under this name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A field or parameter is wrong, or no such one exists; `errors` has its path */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asks too often */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Cannot be answered now; `Retry-After` says when to try again */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    epochs_v1_runs__name__epochs_get: {
        parameters: {
            query?: {
                /** @description Most epochs; all if not given */
                limit?: number | null;
                /** @description `next_cursor` of the page before; none for the first page */
                cursor?: string | null;
            };
            header?: never;
            path: {
                /** @description Name of the run */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EpochList"];
                    "text/csv": string;
                };
            };
            /** @description No API key, or an unknown one */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key may not do this, or a page of others asks */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description None of the asked forms exists */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server does not answer under this name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A field or parameter is wrong, or no such one exists; `errors` has its path */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asks too often */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    snapshot_v1_runs__name__snapshots__epoch__get: {
        parameters: {
            query?: {
                /** @description Pixels a side for every one of the sheet; 1 if not given */
                scale?: number | null;
            };
            header?: {
                /** @description `ETag` of an answer that the caller has: 304 if it is still right */
                "if-none-match"?: string | null;
            };
            path: {
                /** @description Name of the run */
                name: string;
                /** @description Number of the epoch */
                epoch: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Images of the same fixed points at every epoch */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/png": string;
                };
            };
            /** @description The caller has it */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description No API key, or an unknown one */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key may not do this, or a page of others asks */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description None of the asked forms exists */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server does not answer under this name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A field or parameter is wrong, or no such one exists; `errors` has its path */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asks too often */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    epoch_map_v1_runs__name__maps__epoch__get: {
        parameters: {
            query?: {
                /** @description Conditional runs: which label's map; the first if not given */
                label?: number | null;
                /** @description Which of the run's maps: where the other axes are held, one number each axis */
                at?: string | null;
                /** @description `image/png` only: pixels a cell; about 400 pixels in all if not given */
                scale?: number | null;
            };
            header?: {
                /** @description `ETag` of an answer that the caller has: 304 if it is still right */
                "if-none-match"?: string | null;
            };
            path: {
                /** @description Name of the run */
                name: string;
                /** @description Number of the epoch */
                epoch: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    /** @description For If-None-Match */
                    ETag?: string;
                    /** @description May be kept, but has to be asked for again: a 304 costs nothing */
                    "Cache-Control"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClassMap"];
                    "image/png": string;
                    "application/x-npy": string;
                    "application/x-protobuf": string;
                };
            };
            /** @description The caller has it */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description No API key, or an unknown one */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key may not do this, or a page of others asks */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description None of the asked forms exists */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server does not answer under this name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A field or parameter is wrong, or no such one exists; `errors` has its path */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asks too often */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    preview_fork_v1_runs__name__fork_preview_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Name of the run */
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ForkPreviewRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Continuation"];
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No API key, or an unknown one */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key may not do this, or a page of others asks */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server does not answer under this name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A field or parameter is wrong, or no such one exists; `errors` has its path */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asks too often */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full or does not let us write */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    fork_v1_runs__name__fork_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key again gives the first answer again */
                "idempotency-key"?: string | null;
            };
            path: {
                /** @description Name of the run */
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ForkRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            202: {
                headers: {
                    /** @description Where the run can be seen */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContinuedRun"];
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No API key, or an unknown one */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key may not do this, or a page of others asks */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The state of things does not allow it */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server does not answer under this name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A field or parameter is wrong, or no such one exists; `errors` has its path */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asks too often */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Cannot be answered now; `Retry-After` says when to try again */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full or does not let us write */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    preview_extension_v1_runs__name__extend_preview_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Name of the run */
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ExtendRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Continuation"];
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No API key, or an unknown one */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key may not do this, or a page of others asks */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The state of things does not allow it */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server does not answer under this name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A field or parameter is wrong, or no such one exists; `errors` has its path */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asks too often */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full or does not let us write */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    extend_v1_runs__name__extend_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Name of the run */
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ExtendRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            202: {
                headers: {
                    /** @description Where the run can be seen */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContinuedRun"];
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No API key, or an unknown one */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key may not do this, or a page of others asks */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The state of things does not allow it */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server does not answer under this name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A field or parameter is wrong, or no such one exists; `errors` has its path */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asks too often */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Cannot be answered now; `Retry-After` says when to try again */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full or does not let us write */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    states_v1_runs__name__states_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Name of the run */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StateList"];
                };
            };
            /** @description No API key, or an unknown one */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key may not do this, or a page of others asks */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server does not answer under this name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such parameter; `errors` names it */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asks too often */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    prune_v1_runs__name__states_prune_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Name of the run */
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PruneRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PrunedStates"];
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No API key, or an unknown one */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key may not do this, or a page of others asks */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server does not answer under this name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A field or parameter is wrong, or no such one exists; `errors` has its path */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asks too often */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Cannot be answered now; `Retry-After` says when to try again */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full or does not let us write */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    show_v1_runs__name__loss_surface_get: {
        parameters: {
            query?: {
                /** @description Whose weights and whose loss; either if not given */
                network?: ("generator" | "discriminator") | null;
                /** @description What spans the plane; either if not given */
                directions?: ("path" | "random") | null;
            };
            header?: never;
            path: {
                /** @description Name of the run */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LossSurface"];
                    "application/x-npy": string;
                };
            };
            /** @description It waits or runs */
            202: {
                headers: {
                    /** @description Seconds until it is worth asking again */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LossSurfaceJob"];
                };
            };
            /** @description No API key, or an unknown one */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key may not do this, or a page of others asks */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description None of the asked forms exists */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The state of things does not allow it */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server does not answer under this name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A field or parameter is wrong, or no such one exists; `errors` has its path */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asks too often */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ask_v1_runs__name__loss_surface_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Name of the run */
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LossSurfaceRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            202: {
                headers: {
                    /** @description Where the surface can be read when it is done */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LossSurfaceJob"];
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No API key, or an unknown one */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key may not do this, or a page of others asks */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The state of things does not allow it */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server does not answer under this name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A field or parameter is wrong, or no such one exists; `errors` has its path */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asks too often */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Cannot be answered now; `Retry-After` says when to try again */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full or does not let us write */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    remove_v1_runs__name__loss_surface_delete: {
        parameters: {
            query?: {
                /** @description Whose weights and whose loss; either if not given */
                network?: ("generator" | "discriminator") | null;
                /** @description What spans the plane; either if not given */
                directions?: ("path" | "random") | null;
            };
            header?: never;
            path: {
                /** @description Name of the run */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description No API key, or an unknown one */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key may not do this, or a page of others asks */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server does not answer under this name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A field or parameter is wrong, or no such one exists; `errors` has its path */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asks too often */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Cannot be answered now; `Retry-After` says when to try again */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full or does not let us write */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    report_v1_runs__name__report_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Name of the run */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Report"];
                    "text/markdown": string;
                };
            };
            /** @description No API key, or an unknown one */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key may not do this, or a page of others asks */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description None of the asked forms exists */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server does not answer under this name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such parameter; `errors` names it */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asks too often */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    timelapse_v1_runs__name__timelapse_get: {
        parameters: {
            query?: {
                /** @description What is filmed */
                of?: "snapshots" | "maps";
                /** @description Frames a second */
                fps?: number;
                /** @description Maps of conditional runs: only this label's; all if not given */
                label?: number | null;
                /** @description Maps: only those where the other axes are held here, one number each axis */
                at?: string | null;
                /** @description Cubes: only this section along the last axis, from 0 */
                section?: number | null;
                /** @description Maps: another theme than the class. Runs store maps of classes alone, so that the frames are the exported epochs, as those of the model's film */
                theme?: string | null;
            };
            header?: {
                /** @description `ETag` of an answer that the caller has: 304 if it is still right */
                "if-none-match"?: string | null;
            };
            path: {
                /** @description Name of the run */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One frame an epoch, with its number written above */
            200: {
                headers: {
                    /** @description `bytes`: parts can be had, by `Range` */
                    "Accept-Ranges"?: string;
                    /** @description For If-None-Match */
                    ETag?: string;
                    /** @description May be kept, but has to be asked for again: the run may go on */
                    "Cache-Control"?: string;
                    /** @description Number of frames */
                    "X-Film-Frames"?: number;
                    /** @description Number of epochs that could have been shown */
                    "X-Film-Epochs"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "image/gif": string;
                    "video/mp4": string;
                };
            };
            /** @description The part that `Range` asks for */
            206: {
                headers: {
                    /** @description First, last, and number of bytes */
                    "Content-Range"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The caller has it */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description No API key, or an unknown one */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key may not do this, or a page of others asks */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description None of the asked forms exists */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There are no such bytes */
            416: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server does not answer under this name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A field or parameter is wrong, or no such one exists; `errors` has its path */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asks too often */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Cannot be answered now; `Retry-After` says when to try again */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Took longer than the time limit */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full or does not let us write */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    compare_v1_comparison_get: {
        parameters: {
            query: {
                /** @description Name of a run; once for each that is compared */
                run: string[];
                /** @description What is compared, as in experiments */
                metric?: "weak_test_error" | "weak_test_cross_entropy" | "strong_test_cross_entropy" | "strong_test_error" | "study_test_cross_entropy" | "study_test_error" | "frechet_distance" | "kernel_distance" | "precision" | "recall" | "density" | "coverage" | "classifier_score" | "pixel_coverage" | "pixel_distance" | "label_fidelity" | "generator_loss" | "discriminator_loss" | "classes" | "map_change" | "judges_agreement" | "discriminator_alone" | "two_sample_alone" | "discriminator_calibration" | "two_sample_calibration" | "stretch_mean" | "surface" | "dead_units" | "seconds" | "peak_memory";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunComparison"];
                    "text/csv": string;
                };
            };
            /** @description No API key, or an unknown one */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key may not do this, or a page of others asks */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description None of the asked forms exists */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server does not answer under this name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A field or parameter is wrong, or no such one exists; `errors` has its path */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asks too often */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_experiments_v1_experiments_get: {
        parameters: {
            query?: {
                /** @description Most items in one answer */
                limit?: number;
                /** @description `next_cursor` of the page before; none for the first page */
                cursor?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExperimentList"];
                };
            };
            /** @description No API key, or an unknown one */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key may not do this, or a page of others asks */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server does not answer under this name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A field or parameter is wrong, or no such one exists; `errors` has its path */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asks too often */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    submit_v1_experiments_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key again gives the first answer again */
                "idempotency-key"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ExperimentSpec"];
            };
        };
        responses: {
            /** @description Successful Response */
            202: {
                headers: {
                    /** @description Where the experiment can be seen */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExperimentView"];
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No API key, or an unknown one */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key may not do this, or a page of others asks */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The state of things does not allow it */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server does not answer under this name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A field or parameter is wrong, or no such one exists; `errors` has its path */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asks too often */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Cannot be answered now; `Retry-After` says when to try again */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full or does not let us write */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    show_v1_experiments__name__get: {
        parameters: {
            query?: {
                /** @description What is compared; the strong two-sample test and the founding study's happen once, at the end, and count for the last epoch */
                metric?: "weak_test_error" | "weak_test_cross_entropy" | "strong_test_cross_entropy" | "strong_test_error" | "study_test_cross_entropy" | "study_test_error" | "frechet_distance" | "kernel_distance" | "precision" | "recall" | "density" | "coverage" | "classifier_score" | "pixel_coverage" | "pixel_distance" | "label_fidelity" | "generator_loss" | "discriminator_loss" | "classes" | "map_change" | "judges_agreement" | "discriminator_alone" | "two_sample_alone" | "discriminator_calibration" | "two_sample_calibration" | "stretch_mean" | "surface" | "dead_units" | "seconds" | "peak_memory";
            };
            header?: never;
            path: {
                /** @description Name of the experiment */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExperimentView"];
                    "text/csv": string;
                };
            };
            /** @description No API key, or an unknown one */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key may not do this, or a page of others asks */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description None of the asked forms exists */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server does not answer under this name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A field or parameter is wrong, or no such one exists; `errors` has its path */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asks too often */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full or does not let us write */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_v1_experiments__name__delete: {
        parameters: {
            query?: {
                /** @description Delete its runs and their models too; else they stay */
                runs?: boolean;
            };
            header?: never;
            path: {
                /** @description Name of the experiment */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description No API key, or an unknown one */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key may not do this, or a page of others asks */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The state of things does not allow it */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server does not answer under this name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A field or parameter is wrong, or no such one exists; `errors` has its path */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asks too often */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full or does not let us write */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancel_v1_experiments__name__cancel_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Name of the experiment */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExperimentView"];
                };
            };
            /** @description No API key, or an unknown one */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key may not do this, or a page of others asks */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The state of things does not allow it */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server does not answer under this name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such parameter; `errors` names it */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asks too often */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full or does not let us write */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_datasets_v1_datasets_get: {
        parameters: {
            query?: {
                /** @description Most items in one answer */
                limit?: number;
                /** @description `next_cursor` of the page before; none for the first page */
                cursor?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DatasetList"];
                };
            };
            /** @description No API key, or an unknown one */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key may not do this, or a page of others asks */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server does not answer under this name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A field or parameter is wrong, or no such one exists; `errors` has its path */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asks too often */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    show_v1_datasets__name__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Name of the data set */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DatasetInfo"];
                };
            };
            /** @description No API key, or an unknown one */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key may not do this, or a page of others asks */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server does not answer under this name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such parameter; `errors` names it */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asks too often */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    upload_v1_datasets__name__put: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Lower-case letters, digits, hyphens and underscores, 63 at most, a letter or digit first */
                name: string;
            };
            cookie?: never;
        };
        /** @description A zip of images or of tables of pixels, or one such table; told by its content */
        requestBody: {
            content: {
                "application/zip": string;
                "text/csv": string;
                "application/octet-stream": string;
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    /** @description Where the data set can be seen */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UploadedDataset"];
                };
            };
            /** @description No API key, or an unknown one */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key may not do this, or a page of others asks */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The state of things does not allow it */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server does not answer under this name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A field or parameter is wrong, or no such one exists; `errors` has its path */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asks too often */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Cannot be answered now; `Retry-After` says when to try again */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full or does not let us write */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    remove_v1_datasets__name__delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Name of the data set */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description No API key, or an unknown one */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key may not do this, or a page of others asks */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The state of things does not allow it */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server does not answer under this name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such parameter; `errors` names it */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asks too often */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full or does not let us write */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    samples_v1_datasets__name__samples_get: {
        parameters: {
            query?: never;
            header?: {
                /** @description `ETag` of an answer that the caller has: 304 if it is still right */
                "if-none-match"?: string | null;
            };
            path: {
                /** @description Name of the data set */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A sheet, a row for each class */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/png": string;
                };
            };
            /** @description The caller has it */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description No API key, or an unknown one */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key may not do this, or a page of others asks */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server does not answer under this name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such parameter; `errors` names it */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asks too often */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    image_v1_datasets__name__images__part___index__get: {
        parameters: {
            query?: {
                /** @description Pixels a side, scaled as for a training; as it is if not given */
                size?: number | null;
            };
            header?: {
                /** @description `ETag` of an answer that the caller has: 304 if it is still right */
                "if-none-match"?: string | null;
            };
            path: {
                /** @description Name of the data set */
                name: string;
                /** @description Part of the data set */
                part: "train" | "test";
                /** @description Number of the image in that part, from 0 */
                index: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The image */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/png": string;
                };
            };
            /** @description The caller has it */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description No API key, or an unknown one */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key may not do this, or a page of others asks */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server does not answer under this name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such parameter; `errors` names it */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asks too often */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    make_v1_dataset_previews_post: {
        parameters: {
            query?: {
                /** @description Name that the data set is to have; a taken one is refused before the images are read */
                name?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description A zip of images or of tables of pixels, or one such table; told by its content */
        requestBody: {
            content: {
                "application/zip": string;
                "text/csv": string;
                "application/octet-stream": string;
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    /** @description Where the preview can be seen */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DatasetPreview"];
                };
            };
            /** @description No API key, or an unknown one */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key may not do this, or a page of others asks */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The state of things does not allow it */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server does not answer under this name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A field or parameter is wrong, or no such one exists; `errors` has its path */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asks too often */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Cannot be answered now; `Retry-After` says when to try again */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full or does not let us write */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    show_v1_dataset_previews__preview__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the preview */
                preview: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DatasetPreview"];
                };
            };
            /** @description No API key, or an unknown one */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key may not do this, or a page of others asks */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server does not answer under this name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such parameter; `errors` names it */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asks too often */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    samples_v1_dataset_previews__preview__samples_get: {
        parameters: {
            query?: never;
            header?: {
                /** @description `ETag` of an answer that the caller has: 304 if it is still right */
                "if-none-match"?: string | null;
            };
            path: {
                /** @description Id of the preview */
                preview: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A sheet, a row for each class */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/png": string;
                };
            };
            /** @description The caller has it */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description No API key, or an unknown one */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key may not do this, or a page of others asks */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server does not answer under this name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such parameter; `errors` names it */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asks too often */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    keep_v1_dataset_previews__preview__keep_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the preview */
                preview: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["KeepDataset"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    /** @description Where the data set can be seen */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UploadedDataset"];
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No API key, or an unknown one */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key may not do this, or a page of others asks */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The state of things does not allow it */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server does not answer under this name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A field or parameter is wrong, or no such one exists; `errors` has its path */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asks too often */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full or does not let us write */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    discard_v1_dataset_previews__preview__discard_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the preview */
                preview: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description No API key, or an unknown one */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key may not do this, or a page of others asks */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server does not answer under this name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such parameter; `errors` names it */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asks too often */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full or does not let us write */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    download_v1_models__model__versions__version__download_get: {
        parameters: {
            query?: never;
            header?: {
                /** @description `ETag` of an answer that the caller has: 304 if it is still right */
                "if-none-match"?: string | null;
            };
            path: {
                /** @description Name of the model */
                model: string;
                /** @description Number of the version: its epoch */
                version: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A zip that holds `<model>/<version>/` */
            200: {
                headers: {
                    /** @description `bytes`: a download that broke off can go on, by `Range` */
                    "Accept-Ranges"?: string;
                    /** @description Unlike that of any other export, also of a later model of this name */
                    ETag?: string;
                    /** @description May be kept, but has to be asked for again */
                    "Cache-Control"?: string;
                    /** @description Name for the file */
                    "Content-Disposition"?: string;
                    /** @description Version that it is */
                    "X-Model-Version"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/zip": string;
                };
            };
            /** @description The part that `Range` asks for */
            206: {
                headers: {
                    /** @description First, last, and number of bytes */
                    "Content-Range"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The caller has it */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description No API key, or an unknown one */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key may not do this, or a page of others asks */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description None of the asked forms exists */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There are no such bytes */
            416: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server does not answer under this name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A field or parameter is wrong, or no such one exists; `errors` has its path */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asks too often */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    healthz_healthz_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Alive"];
                };
            };
            /** @description There is no such parameter; `errors` names it */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readyz_readyz_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Readiness"];
                };
            };
            /** @description There is no such parameter; `errors` names it */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The model server does not answer */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Readiness"];
                };
            };
        };
    };
    metrics_metrics_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Prometheus' text format */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": unknown;
                };
            };
            /** @description There is no such parameter; `errors` names it */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
