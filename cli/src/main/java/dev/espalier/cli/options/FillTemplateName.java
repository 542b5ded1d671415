// SPDX-License-Identifier: Apache-2.0
package dev.espalier.cli.options;

import dev.espalier.sampler.gap.FillTemplate;

/** The templates of fill-in-the-middle models by their names on the command line. */
public enum FillTemplateName {
    STARCODER(FillTemplate.STAR_CODER),
    CODEGEMMA(FillTemplate.CODE_GEMMA),
    DEEPSEEK(FillTemplate.DEEP_SEEK),
    QWEN(FillTemplate.QWEN),
    CONTINUATION(FillTemplate.CONTINUATION);

    private final FillTemplate template;

    FillTemplateName(FillTemplate template) {
        this.template = template;
    }

    public FillTemplate template() {
        return template;
    }
}
