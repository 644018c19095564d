import { Converter } from "typedoc";

/**
 * Options are destructured in the signature and documented as `@param options.folds`; without a name for the whole, TypeDoc
 * would drop what is said of the parts.
 */
function nameDestructured({ converter }) {
  converter.on(Converter.EVENT_CREATE_SIGNATURE, (_, signature) => {
    const unnamed = signature.parameters?.findLast(({ name }) => name === "__namedParameters");
    const part = signature.comment?.blockTags.find(({ tag, name }) => tag === "@param" && name?.includes("."));
    if (unnamed && part) unnamed.name = part.name.split(".")[0];
  });
}

export default {
  plugin: [nameDestructured],
  treatWarningsAsErrors: true,
  // Types that only serve another type are not exported; the reference names them without a page of their own.
  validation: { notExported: false },
};
