package dev.howdah.crd;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crdv2.generator.CRDPostProcessor;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * What the generator cannot say: columns in the order they are declared in, a spec that must be there, and no rule twice (it sees an
 * annotation of a record component on the field and again on the accessor).
 */
final class DefinitionFinish implements CRDPostProcessor {
    private final List<String> columns;

    DefinitionFinish(Class<? extends HasMetadata> type) {
        columns = Arrays.stream(type.getAnnotationsByType(AdditionalPrinterColumn.class))
                .map(AdditionalPrinterColumn::name)
                .toList();
    }

    @Override
    public HasMetadata process(HasMetadata definition, String version) {
        ((CustomResourceDefinition) definition).getSpec().getVersions().forEach(this::finish);
        return definition;
    }

    private void finish(CustomResourceDefinitionVersion version) {
        List<CustomResourceColumnDefinition> sorted = new ArrayList<>(version.getAdditionalPrinterColumns());
        sorted.sort(Comparator.comparingInt(column -> columns.indexOf(column.getName())));
        version.setAdditionalPrinterColumns(sorted);
        JSONSchemaProps schema = version.getSchema().getOpenAPIV3Schema();
        schema.setRequired(List.of("spec"));
        keepEachRuleOnce(schema);
    }

    private static void keepEachRuleOnce(JSONSchemaProps schema) {
        if (schema.getXKubernetesValidations() != null) {
            schema.setXKubernetesValidations(new ArrayList<>(new LinkedHashSet<>(schema.getXKubernetesValidations())));
        }
        if (schema.getProperties() != null) {
            schema.getProperties().values().forEach(DefinitionFinish::keepEachRuleOnce);
        }
    }
}
