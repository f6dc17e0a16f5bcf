package dev.howdah.crd;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.informers.cache.BasicItemStore;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What a cache keeps of the objects it has seen. Who manages which field is a good half of most of them, and nobody asks a cache for
 * that. For one informer each.
 */
public final class LeanStore<T extends HasMetadata> extends BasicItemStore<T> {
    private final UnaryOperator<T> reduction;

    public LeanStore() {
        this(UnaryOperator.identity());
    }

    /** @param reduction takes away more; may change the object it is given */
    public LeanStore(UnaryOperator<T> reduction) {
        super(Cache::metaNamespaceKeyFunc);
        this.reduction = reduction;
    }

    @Override
    public T put(String key, T object) {
        // Empty, which is never sent: an empty list in an update would be a wish to forget who manages what.
        object.getMetadata().setManagedFields(List.of());
        return super.put(key, reduction.apply(object));
    }
}
