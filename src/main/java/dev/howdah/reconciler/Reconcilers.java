package dev.howdah.reconciler;

/** The reconcilers of one process. */
record Reconcilers(ServerReconciler server, InstanceReconciler instance, BindingReconciler binding) {}
