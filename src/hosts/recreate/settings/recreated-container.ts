import { composeLabels } from "../../compose/compose-labels.ts";
import { hostSettings } from "./host-settings.ts";
import type { ContainerInspection, ImageInspection, Settings } from "./inspection.ts";
import { type EndpointSettings, networkEndpoints } from "./network-endpoints.ts";
import { ownSettings } from "./own-settings.ts";

export interface RecreatedContainer {
  /** Of `POST /containers/create`. */
  readonly body: Settings;
  /** To be joined before it starts: engines up to API 1.43 take one network when a container is made. */
  readonly furtherNetworks: readonly { readonly network: string; readonly endpoint: EndpointSettings }[];
}

/**
 * The same container once more, with another image. What it has is what somebody asked for and what its image brought along,
 * and only the first is asked for again. `oldImage` undefined: it is gone, and so all of it counts as asked for.
 */
export function recreatedContainer(
  container: ContainerInspection,
  oldImage: ImageInspection | undefined,
  newImageId: string,
): RecreatedContainer {
  const { mode, primary, further } = networkEndpoints(container);
  const config = ownSettings(container, oldImage?.Config ?? {});
  return {
    body: {
      ...config,
      Image: container.Config.Image,
      Labels: withNewImage(config.Labels, newImageId),
      HostConfig: { ...hostSettings(container), NetworkMode: mode },
      ...(primary === undefined
        ? {}
        : { NetworkingConfig: { EndpointsConfig: { [primary.network]: primary.endpoint } } }),
    },
    furtherNetworks: further,
  };
}

/** By this label compose would think that the image has changed, and make the container once more. */
function withNewImage(labels: Readonly<Record<string, string>>, id: string): Readonly<Record<string, string>> {
  return composeLabels.image in labels ? { ...labels, [composeLabels.image]: id } : labels;
}
