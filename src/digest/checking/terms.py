"""The field's words in Chinese and what they are in English: 注意力 is attention, 推理 reasoning or inference."""

import json
from collections.abc import Iterable, Set
from functools import cache
from pathlib import Path
from typing import NamedTuple

from digest.checking.words import STOP, WORD, stem, weight

_TERMS = Path(__file__).with_name("data") / "terms.json"


_GENERIC = frozenset(
    """
    模型 学习 性能 表现 网络 数据 系统 问题 训练 泛化 生成 通用 任务 信息 计算 研究 实验 影响 效果 有效 有效性 提升 提高
    改善 改进 过程 设计 时间 特征 数据集 表示 表征 要求 需要 显著 比较 相当 现有 挑战 分析 包括 结构 架构 增加 关系 框架
    目标 预测 测试 优化 复杂 复杂度 发现 评价 评估 评测 准确率 正确率 精度 简单 输入 输出 局限 限制 分布 以往 此前 特定
    结合 环境 示例 优于 高效 领域 得到 获得 可用 样本 参数 减少 降低 一致 支持 自动 关键 探索 领先 潜力 扩展 规模 大规模
    解决 困难 难度 选择 行为 基准 基准测试 实证 代价 成本 组件 改变 质量 构建 综述 调查 准确 误差 错误 概念 传统 步骤
    包含 贡献 机制 模式 内容 统计 基线 效率 推理 利用 类别 资源 整合 集成 适合 缺乏 策略 方法 做法 解释 说明 条件 作用
    结果 指标 结论 阶段 流程 能力 方案 技术 算法 应用 场景 对比 验证 证明 处理 改动 优势 不足 缺陷 原因 理论 假设 范围
    部分 方面 趋势 差异 差距 变化 因素 价值 意义 背景 动机 思路 观点 作者 论文 文章 工作 衔接 拆分 报告 数值 数量 比例
    程度 水平 增益 收益 开销 速度 延迟 成功率 得分 分数 展示 介绍 提出 强 弱 高 低 大 小 多 少 新 快 慢 好 差 深度 层 步
    图 界 类
    """.split()
)
"""Terms of any paper: where a sentence has none of their words, this tells nothing."""


class Term(NamedTuple):
    """A Chinese term where it stands in a text.

    Attributes:
        english: the ways to say it, each the stems that must all be there.
        weight: how much it says that a text holds it.
    """

    chinese: str
    start: int
    english: tuple[frozenset[str], ...]
    weight: float

    @property
    def generic(self) -> bool:
        return self.chinese in _GENERIC

    def met(self, stems: Set[str]) -> bool:
        """Whether an English text with these stems says it."""
        return any(way <= stems for way in self.english)


def terms(text: str) -> list[Term]:
    """The known terms of a Chinese text, the longest at each place."""
    if text.isascii():
        return []
    known, longest = _known()
    found = []
    at = 0
    while at < len(text):
        widest = longest.get(text[at], 0)
        for width in range(min(widest, len(text) - at), 0, -1):
            if text[at : at + width] in known:
                english, said = known[text[at : at + width]]
                found.append(Term(text[at : at + width], at, english, said))
                at += width - 1
                break
        at += 1
    return found


@cache
def _known() -> tuple[dict[str, tuple[tuple[frozenset[str], ...], float]], dict[str, int]]:
    """The terms, and of each first character how long its longest term is."""
    listed: dict[str, str] = json.loads(_TERMS.read_text(encoding="utf-8"))
    known = {}
    longest: dict[str, int] = {}
    for chinese, english in listed.items():
        ways = tuple(dict.fromkeys(_stems(way) for way in english.split()))
        known[chinese] = ways, max(weight(part) for part in ways[0])
        longest[chinese[0]] = max(longest.get(chinese[0], 0), len(chinese))
    return known, longest


def _stems(words: str) -> frozenset[str]:
    return frozenset(stem(word) for word in WORD.findall(words) if word not in STOP) or frozenset({stem(words)})


def english_of(found: Iterable[Term]) -> frozenset[str]:
    """All stems that these terms may stand for."""
    return frozenset(part for term in found for way in term.english for part in way)
